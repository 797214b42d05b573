"""The sections for one reader: the cabinet's risks, timeline and talking points; families and press; one's own week; the team."""

from __future__ import annotations

from math import isnan

from workload.model.school_year import school_year
from workload.model.words import shown
from workload.premises.records import ASSUMED, OPEN
from workload.report.ask_record import COVER, FILL
from workload.report.lengths import shorter
from workload.report.sections.ask_sections import risk_words
from workload.report.sections.page_blocks import BARS, Bullets, Chart, Facts, Section, Words
from workload.report.sections.telling import Telling
from workload.report.told_people import own_week as told_week

TALKING = ("hours", "owed", "nobody", "range", "parts")


def risks(tell: Telling) -> Section:
    """What can go wrong: service, vacancies, leave, data, money."""
    lines = [tell.say("risks.minutes", text=risk_words(tell))]
    for kind, key in ((FILL, "vacancy"), (COVER, "leave")):
        fte = sum(float(part.fte) for part in tell.ask.parts if part.kind == kind)
        if fte:
            lines.append(tell.posts(f"risks.{key}", fte=tell.fte(fte)))
    lines.append(tell.say("risks.data", n=sum(one.state in (OPEN, ASSUMED) for one in tell.premises)))
    if tell.ask.fte and tell.examples:
        lines.append(tell.say("risks.money"))
    return tell.section("risks", Bullets(tuple(lines)))


def timeline(tell: Telling) -> Section:
    """The days that are known, in order."""
    day = tell.view.answer.day
    days = [(day, "data"), (school_year(day)[1], "year")]
    days += [(part.until, "leave") for part in tell.ask.parts if part.until]
    days += [(tell.start, "needed")] if tell.start and tell.ask.fte else []
    lines = [tell.say(f"timeline.{key}", day=tell.day(when)) for when, key in sorted(set(days))]
    return tell.section("timeline", Bullets(tuple(lines)))


def talking(tell: Telling) -> Section:
    several = len({part.kind for part in tell.ask.parts}) > 1
    some = [one for one in TALKING if one != "parts" or several]
    return tell.section("talking", Bullets(tuple(tell.say(f"talking.{one}") for one in some)))


def plain_what(tell: Telling) -> Section:
    """What the page is about, in plain words, with the headline."""
    told = _need(tell, "plain")
    lines = (
        Words(tell.say("plain.what")),
        Words(tell.say("plain.count" if tell.view.time_told else "plain.count_need")),
        Words(told, lead=True),
    )
    return tell.section("plain_what", *lines)


def _need(tell: Telling, where: str) -> str:
    """What the plans take beside what the district has, where that may be told; that everybody is on leave in words."""
    row = tell.view.district
    required, available = (tell.fte(row[name]) for name in ("required_fte", "available_fte"))
    if not tell.view.time_told:
        return tell.say(f"{where}.need_only", required=required)
    if not row["available_fte"] and row["contracted_fte"]:
        return tell.posts(f"{where}.need_leave", required=required)
    return tell.posts(f"{where}.need", required=required, available=available)


def plain_child(tell: Telling) -> Section:
    return tell.section("plain_child", Words(tell.say("plain.child")), Words(tell.say("plain.ask_child")))


def plain_ask(tell: Telling) -> Section:
    """What happens next, without money and posts."""
    if tell.ask.withheld:
        text = tell.say("plain.next_withheld")
    elif tell.view.so_open or tell.branch == "need":
        text = tell.say("plain.next_wait")
    elif tell.ask.fte:
        cover = any(part.kind == COVER for part in tell.ask.parts)
        text = tell.say("plain.next_ask_cover" if cover else "plain.next_ask", fte=tell.ask.fte)
        if tell.ask.short and tell.ask.fte != tell.ask.short:
            text = f"{text} {tell.posts('bridge.parts_sum', fte=tell.ask.fte, short=tell.ask.short)}"
    else:
        text = tell.say("plain.next_none")
    return tell.section("plain_ask", Words(text), Words(tell.say("plain.meeting")))


def press(tell: Telling) -> Section:
    """Sentences that may be quoted, each with the context that it needs."""
    view, spread = tell.view, tell.view.range
    need = _need(tell, "press")
    context = tell.say(
        "press.need_context",
        week=shown(view.answer.staffing.full_week, 1),
        low=shown(spread.p10, 1),
        high=shown(spread.p90, 1),
        day=tell.day(view.answer.day),
    )
    nobody = tell.say("press.nobody_context", n=view.gate.smallest)
    rows = ((need, context), (tell.say("press.nobody"), nobody))
    return tell.section("press", Words(tell.say("press.context"), small=True), Facts(rows))


def own_week(tell: Telling) -> Section:
    """The week of the one person whose letter this is."""
    week = told_week(tell.view, tell.person)
    rows = (
        (tell.say("own.students"), str(week.students)),
        (tell.say("own.schools"), str(week.schools)),
        (tell.say("own.work"), shown(week.work, 1)),
        (tell.say("own.contract"), tell.word("word.not_said") if isnan(week.contract) else shown(week.contract, 1)),
    )
    apart = week.contract - week.work
    if isnan(apart):
        said = tell.say("own.contract_open")
    elif week.on_leave:
        said = tell.say("own.leave")
    elif not week.contract:
        said = tell.say("own.not_there")
    elif apart < 0:
        said = tell.posts("own.over", hours=shown(-apart, 1))
    else:
        said = tell.posts("own.under", hours=shown(apart, 1))
    label = tell.word("table.hours_week")
    names = tuple(tell.word(f"kind.{code}") for code, _ in week.kinds)
    values, written = (tuple(hours for _, hours in week.kinds), tuple(shown(hours, 1) for _, hours in week.kinds))
    parts = "; ".join(f"{name} {value}" for name, value in zip(names, written, strict=True))
    chart = (Chart(BARS, names, {label: values}, {label: written}, tell.word("alt.own", parts=parts)),) if names else ()
    return Section(
        "own_week",
        f"{tell.word('head.own_week')}: {shorter(week.label, 60)}",
        (Words(tell.say("own.letter")), Facts(rows), Words(said, lead=True), *chart),
    )


def own_check(tell: Telling) -> Section:
    week = told_week(tell.view, tell.person)
    low, high = shown(week.low, 1), shown(week.high, 1)
    lines = [tell.say("own.wrong")]
    if low != high:
        lines.append(tell.say("own.range", low=low, high=high))
    lines.append(tell.say("own.not_rating"))
    return tell.section("own_check", Bullets(tuple(lines)))


def team_check(tell: Telling) -> Section:
    """How everyone of the team checks their own week."""
    lines = (tell.say("team.sheets"), tell.say("own.wrong"), tell.say("team.decide"), tell.say("own.not_rating"))
    return tell.section("team_check", Words(tell.headline, lead=True), Bullets(lines))
