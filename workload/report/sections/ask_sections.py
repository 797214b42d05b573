"""The sections that ask: the decision in five lines, options, motion, what waiting costs, steps."""

from __future__ import annotations

from math import isnan, nan

from workload.model.words import EVEN_FTE, shown
from workload.premises.records import ASSUMED, CONFIRMED, GIVEN, OPEN
from workload.report.ask_record import COVER, FILL, PERMANENT, Part
from workload.report.gate import DOLLARS_STEP, MINUTES_STEP, OWED_HOURS_STEP, OWED_MINUTES_STEP
from workload.report.lengths import shorter
from workload.report.money import dollars
from workload.report.packet_choices import MOST_OPTIONS, Option
from workload.report.sections.page_blocks import Bullets, Facts, Section, Table, Words
from workload.report.sections.telling import Telling
from workload.report.table_files import for_a_cell
from workload.report.told_ask import told_gap_after


def decision(tell: Telling) -> Section:
    """What is asked, what it costs, by when, what if not, how sure: page one, and slide one."""
    rows = (
        (tell.word("head.asked"), tell.ask_sentence),
        (tell.word("head.cost"), cost_words(tell)),
        (tell.word("head.by"), by_words(tell)),
        (tell.word("head.otherwise"), risk_words(tell)),
        (tell.word("head.sure"), sure_words(tell)),
    )
    return Section("decision", tell.title, (Facts(rows),), notes=tell.headline, on_page=(Words(tell.headline),))


def cost_words(tell: Telling) -> str:
    """This school year and a full year, at whose rates."""
    if tell.ask.withheld:
        return tell.say("decision.cost_withheld")
    if tell.branch in ("need", "wait") and not tell.ask.fte:
        return tell.say("decision.cost_unknown")
    if not tell.ask.fte:
        return tell.say("decision.cost_none")
    if (best := tell.recommended) is not None:
        return tell.posts(
            "decision.cost_option",
            name=shorter(best.name, 60),
            first=dollars(best.first_year_cost, best.examples),
            later=dollars(best.yearly_cost, best.examples),
        )
    this_year, full = tell.cost()
    rates = "example" if tell.examples else "own"
    if not full:
        return tell.posts(f"decision.cost_once_{rates}", this_year=dollars(this_year))
    return tell.posts(f"decision.cost_{rates}", this_year=dollars(this_year), full_year=dollars(full))


def by_words(tell: Telling) -> str:
    """The date that somebody named, and what the same file says of that day."""
    typed = tell.view.settings.needed_by.strip()
    if not tell.ask.fte:
        return tell.say("decision.by_nothing" if tell.branch == "none" else "decision.by_unknown")
    if not typed:
        return tell.say("decision.by_none")
    start = tell.day(tell.start) if tell.start else shorter(typed)
    later = tell.later
    ends = f" {tell.say('decision.cover_over')}" if tell.covers else ""
    if later is None or not later.time_told:
        return tell.say("decision.by", start=start) + ends
    row = later.district
    gap = row["gap_fte"]
    kind = "even" if abs(gap) < EVEN_FTE else "short" if gap < 0 else "room"
    said = tell.posts(
        "decision.by_later",
        required=tell.fte(row["required_fte"]),
        available=tell.fte(row["available_fte"]),
        gap=tell.word(f"late.{kind}", fte=tell.fte(abs(gap))),
    )
    return f"{tell.say('decision.by', start=start)} {said}{ends}"


def risk_words(tell: Telling) -> str:
    """This week's estimated exposure with both ends."""
    view, row = tell.view, tell.view.district
    if not view.answer.posts_known:
        return tell.say("decision.risk_unknown")
    if not view.risk_told:
        return tell.say("decision.risk_hidden")
    if view.risk_below_a_step:
        return tell.posts("decision.risk_small", minutes=shown(MINUTES_STEP, 0))
    if row["student_minutes_at_risk"] >= 1:
        minutes, alike = (
            view.gate.about_words(row[name]) for name in ("student_minutes_at_risk", "student_minutes_at_risk_alike")
        )
        if minutes == alike:
            return tell.posts("decision.risk_same", minutes=minutes)
        return tell.posts("decision.risk", minutes=minutes, alike=alike)
    return tell.posts("decision.risk_none")


def sure_words(tell: Telling) -> str:
    """The range of the need, and what the answer stands on."""
    spread, states = tell.view.range, [one.state for one in tell.premises]
    counted = {name: states.count(state) for name, state in STATES.items()}
    return " ".join(
        (
            tell.say(
                "decision.sure_range",
                required=tell.fte(tell.view.district["required_fte"]),
                low=shown(spread.p10, 1),
                high=shown(spread.p90, 1),
            ),
            tell.say("decision.sure_premises", all=len(states), **counted),
        )
    )


STATES = {"given": GIVEN, "confirmed": CONFIRMED, "assumed": ASSUMED, "open": OPEN}


def options(tell: Telling) -> Section | None:
    """Today, the ask and the district's options with what each buys; one of them recommended."""
    view, row = tell.view, tell.view.district
    if not view.time_told:
        return None
    heads = ("option", "fte", "gap_after", "minutes_after", "gain", "change", "first", "later")
    today = (tell.word("word.today"), "–", tell.fte(row["gap_fte"]), _minutes(tell, row["student_minutes_at_risk"]))
    rows: list[tuple[str, ...]] = [(*today, "–", "–", "–", "–")]
    best = tell.recommended
    if tell.ask.fte:
        rows.append(_ask_row(tell, best is None))
    chosen = tell.options[:MOST_OPTIONS]
    rows += [option_row(tell, one, one is best) for one in chosen]
    if len(rows) == 1:
        words = tell.say("options.nothing") if tell.branch == "none" else tell.say("options.wait")
        return tell.section("options", Words(words), thin=True)
    said = []
    if best is not None:
        reason = for_a_cell(best.reason) or tell.say("options.reason_own")
        said.append(tell.posts("options.recommended", name=for_a_cell(best.name), reason=shorter(reason)))
    elif tell.ask.fte:
        said.append(tell.posts("options.recommended", name=tell.word("word.the_ask"), reason=_reason_of_the_ask(tell)))
    examples = tell.ask.fte and tell.examples or any(one.examples for one in chosen)
    said.append(tell.say(f"options.rounded_{'example' if examples else 'own'}"))
    cover = [f"{shorter(one.name, 60)}: {shorter(one.cover, 90)}" for one in chosen if one.cover.strip()]
    absent = [Words(f"{tell.word('table.absent')}. {'; '.join(cover)}.", small=True)] if cover else []
    alt = "; ".join(f"{one[0]}: {one[1]} FTE, {tell.word('table.gap_after')} {one[2]}" for one in rows)
    table = Table(
        tuple(tell.word(f"table.{head}") for head in heads),
        tuple(rows),
        alt,
        (3.0, 0.8, 1.35, 1.5, 1.4, 1.4, 1.4, 1.4),
        tuple(range(1, 8)),
        tuple(at for at, one in enumerate(rows) if one[0] == _recommended_name(tell, best)),
    )
    return Section(
        "options", tell.provisionally("head.options"), (Words(said[0]), table, Words(said[-1], small=True), *absent)
    )


def _reason_of_the_ask(tell: Telling) -> str:
    """Why the ask: it adds what is short, says what is temporary, and what it leaves, since added posts travel and meet as well."""
    said = [tell.say("options.reason_ask")]
    if tell.covers:
        said.append(tell.say("options.reason_temporary"))
    if tell.after is not None and tell.after["gap"] < 0:
        said.append(tell.say("options.reason_left", fte=tell.fte(-tell.after["gap"])))
    return " ".join(said)


def _recommended_name(tell: Telling, best: Option | None) -> str:
    name = tell.word("word.the_ask") if best is None else for_a_cell(best.name)
    return tell.word("word.recommended", name=name)


def _minutes(tell: Telling, value: float) -> str:
    if isnan(value):
        return tell.word("word.not_shown")
    return tell.view.gate.about_words(value)


def _ask_row(tell: Telling, recommended: bool) -> tuple[str, ...]:
    """The ask as an option: what it costs and what it buys."""
    name, after = tell.word("word.the_ask"), tell.after
    name = tell.word("word.recommended", name=name) if recommended else name
    bought = (
        ("–",) * 4
        if after is None
        else (
            tell.fte(after["gap"]),
            _minutes(tell, after["minutes"]),
            tell.count(round(after["gaining"])),
            tell.count(round(after["changing"])),
        )
    )
    return (name, tell.ask.fte, *bought, *(dollars(amount) for amount in tell.cost()))


def option_row(tell: Telling, one: Option, recommended: bool = False) -> tuple[str, ...]:
    """One option as written; what is not known is a dash."""
    name = shorter(one.name, 60)
    people = (one.students_gaining, one.students_changing)
    return (
        tell.word("word.recommended", name=name) if recommended else name,
        "–" if one.fte is None else tell.fte(one.fte),
        "–" if one.gap_after is None else tell.fte(told_gap_after(tell.view, one.gap_after)),
        "–" if one.minutes_after is None else _minutes(tell, one.minutes_after if tell.view.risk_told else nan),
        *("–" if each is None else tell.count(each) for each in people),
        dollars(one.first_year_cost, one.examples),
        dollars(one.yearly_cost, one.examples),
    )


def motion(tell: Telling) -> Section:
    """A motion to vote on, in the district's words; dollars only where the rates are the district's own."""
    if tell.ask.withheld:
        return tell.section("motion", Words(tell.say("motion.withheld")), thin=True)
    if tell.branch in ("need", "wait"):
        return tell.section("motion", Words(tell.say("motion.wait")), thin=True)
    if not tell.ask.fte:
        return tell.section("motion", Words(tell.say("motion.none")), thin=True)
    typed = tell.view.settings.needed_by.strip()
    start = tell.day(tell.start) if tell.start else shorter(typed) or tell.word("word.date_blank")
    fund = shorter(tell.view.settings.fund) or tell.word("word.fund_blank")
    report = Words(tell.say("motion.report", report=tell.word("word.date_blank")))
    if (best := tell.recommended) is not None:
        first = (
            tell.word("word.motion_blank")
            if best.examples or best.first_year_cost is None
            else dollars(best.first_year_cost)
        )
        text = tell.say(
            "motion.option", name=tell.name_inside, option=shorter(best.name, 60), start=start, first=first, fund=fund
        )
        return tell.section("motion", Words(text, lead=True), report, notes=text)
    this_year, full = tell.cost()
    amounts = [tell.word("word.motion_blank") if tell.examples else dollars(amount) for amount in (this_year, full)]
    text = tell.say(
        "motion.add" if full else "motion.add_once",
        name=tell.name_inside,
        parts=tell.listed([_moved(tell, one.part, start) for one in tell.positions]),
        this_year=amounts[0],
        **({"full_year": amounts[1]} if full else {}),
        fund=fund,
    )
    return tell.section("motion", Words(text, lead=True), report, notes=text)


def _moved(tell: Telling, part: Part, start: str) -> str:
    until = tell.say("motion.begins", day=tell.day(part.start)) + (
        tell.say("motion.until", day=tell.day(part.until)) if part.until else ""
    )
    values = {"fte": part.fte, "role": tell.role(part.role)}
    if part.kind == COVER:
        return tell.say("motion.cover", **values, until=until)
    return tell.say({PERMANENT: "motion.permanent", FILL: "motion.fill"}[part.kind], **values, start=start)


def waiting(tell: Telling) -> Section:
    """What happens if nothing is done, with both ends, and what the district has given."""
    lines = waiting_lines(tell)
    exposed = tell.view.risk_told and tell.view.district["student_minutes_at_risk"] >= 1
    return tell.section("waiting", Bullets(tuple(lines)), thin=len(lines) == 1 and not exposed)


def waiting_lines(tell: Telling) -> list[str]:
    """This week's exposure, what would be owed by the end of the year, dollars, the district's own words."""
    view, given, gate, said = tell.view, tell.view.settings.not_acting, tell.view.gate, [risk_words(tell)]
    exposed = view.risk_told and not view.risk_below_a_step and view.district["student_minutes_at_risk"] >= 1
    if exposed:
        said[0] = f"{said[0]} {tell.say('waiting.exposure')}"
    if given is None:
        return said
    if (ends := owed_ends(tell)) is not None:
        low, high = ends
        said.append(
            tell.posts("waiting.owed", minutes=high) if low is None else tell.posts("waiting.ends", low=low, high=high)
        )
    if given.owed_hours is not None and view.risk_told and gate.step(given.owed_hours, OWED_HOURS_STEP) >= 1:
        said.append(tell.posts("waiting.hours", hours=_owed(tell, given.owed_hours, OWED_HOURS_STEP)))
    if given.dollars is not None and view.risk_told:
        said.append(tell.posts("waiting.dollars", dollars=dollars(gate.step(given.dollars, DOLLARS_STEP))))
    if given.words.strip():
        said.append(shorter(for_a_cell(given.words)))
    return said


def owed_ends(tell: Telling) -> tuple[str | None, str] | None:
    """(the low end, the high end) of what is owed by the end of the year; no low end where both are the same as written, None
    where nothing is told.
    """
    view, given = tell.view, tell.view.settings.not_acting
    if given is None or given.owed_minutes is None or not view.risk_told:
        return None
    if view.gate.step(given.owed_minutes, OWED_MINUTES_STEP) < 1:
        return None
    high, least = _owed(tell, given.owed_minutes, OWED_MINUTES_STEP), given.owed_minutes_low
    low = None if least is None else _owed(tell, least, OWED_MINUTES_STEP)
    return (None if low == high else low), high


def _owed(tell: Telling, value: float, step: float) -> str:
    """An estimate months ahead."""
    return tell.view.gate.about_words(value, step)


def steps(tell: Telling) -> Section:
    """Who does what now: the district's own steps, else ours."""
    own = [shorter(one) for one in tell.view.settings.next_steps]
    if tell.view.so_open:
        ours = ["settle", "week", "again"]
    elif tell.ask.fte:
        ours = ["week", "rates", "vote", "post", "again"]
    elif tell.ask.withheld:
        ours = ["week", "again"]
    else:
        unfitted = any(one.code == "does_not_fit" and one.fte >= EVEN_FTE for one in tell.view.bridge)
        ours = ["week", *(["move"] if unfitted else []), "nothing"]
    lines = own or [tell.say(f"steps.{one}") for one in ours]
    return tell.section("steps", Bullets(tuple(lines)))
