"""What a packet says, as plain data: the sentences and shown numbers that the brief and the deck have in common.

    story_of(view, options)["ask"]["fte"]          # "3.2"
    story_of(view, options)["said"][0]["ask"]      # the ask as a sentence, in the first language of the packet

Plain strings, lists and dicts only, so that a document can be given the whole of it as JSON and never as markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from workload import METHOD, METHOD_DATE, __version__
from workload.explain.headline import headline
from workload.model.parameters import parameters
from workload.model.words import count, dollars, fte, in_words, percent, rounded, shown, within
from workload.report.ask import ask_of
from workload.report.gate import DOLLARS_STEP, MINUTES_STEP, NOT_SHOWN, OWED_HOURS_STEP, OWED_MINUTES_STEP
from workload.report.indicators import PLANNED_USE, indicators
from workload.report.language import english
from workload.report.language.passages import passages
from workload.report.packet_choices import MOST_OPTIONS, Option
from workload.report.premise_tables import open_words
from workload.report.reader_view import View
from workload.report.table_files import for_a_cell
from workload.report.told_ask import NOBODY_KNOWN
from workload.staffing.bridge import SUM

FITS = "The work of today fits the time of today."
ROUNDED = "Parts are rounded and do not add up exactly."
ROUGHLY = (
    "Rounded, so that nothing tells one child's week: students to 5, FTE to 0.1, hours to 5. A change of one step between "
    "two packets may be nothing."
)


def story_of(view: View, options: Sequence[Option] = ()) -> dict[str, object]:
    """Everything that is said, for one audience. Hidden parts are empty."""
    answer, settings, ask = view.answer, view.settings, ask_of(view)
    return {
        "title": f"OT staffing: {settings.name}" if settings.district_name.strip() else "OT staffing",
        "district": for_a_cell(settings.name),
        "mark": view.mark,
        "headline": headline(view.told, for_a_cell(settings.district_name)),
        "ask": {
            "fte": ask.fte,
            "required": ask.required,
            "available": ask.available,
            "schools": english.schools_sentence(ask),
        },
        "stamp": view.stamp,
        "bridge_words": bridge_words(view),
        "nothing_short": "" if view.stamp or view.no_time_words else FITS,
        "said": passages(view),
        "indicators": indicators_of(view),
        "work": work_of(view),
        "options": [option_row(view, one) for one in options[:MOST_OPTIONS]],
        "not_acting": not_acting(view),
        "equity": equity(view),
        "limits": limits(view),
        "method": method(view),
        "day": in_words(answer.day),
        "checked": for_a_cell(settings.checked_by),
        "contact": for_a_cell(settings.contact),
    }


def indicators_of(view: View) -> list[dict[str, str]]:
    """The indicators with their value as this reader is told it."""
    row, gate = view.district, view.gate
    told = {
        "capacity_used": NOT_SHOWN if isnan(row["utilization"]) and not view.time_told else percent(row["utilization"]),
        "deliverable": gate.share(view.minutes_that_fit) if view.time_told else NOT_SHOWN,
        "required": gate.fte_words(row["required_fte"]),
        "required_planned": gate.fte_words(row["required_fte"] / PLANNED_USE),
    }
    rests_on_posts = ("capacity_used", "deliverable")
    told_as = dict.fromkeys(rests_on_posts, f"{view.stamp_word}: " if view.stamp and view.time_told else "")
    return [
        {"label": told_as.get(one.code, "") + one.label, "value": told[one.code], "help": one.help}
        for one in indicators(view.answer)
    ]


def work_of(view: View) -> dict[str, object]:
    """What is drawn: hours of each kind of work, of all work, of everybody in post, and what is missing."""
    row, words, digits = view.district, view.gate.hours_words, 1 if view.gate.open else 0
    parts = [
        {"kind": kind, "hours": value, "shown": words(value)}
        for kind, value in zip(view.work["kind"], view.work["hours_per_week"], strict=True)
        if value > 0
    ]
    workload, available = float(row["workload_hours"]), float(row["available_hours"])
    missing = rounded(workload, digits) - rounded(available, digits)
    adds_up = rounded(sum(rounded(part["hours"], digits) for part in parts), digits) == rounded(workload, digits)
    people = f" Everybody in post has {words(available)} hours." if view.time_told else f" {view.no_time_words}"
    return {
        "parts": parts,
        "workload": workload,
        "available": available if view.time_told else 0.0,
        "workload_shown": words(workload),
        "available_shown": words(available),
        "people": f"People in post have\n{words(available)} hours"
        if view.time_told
        else "Time of people in post\nis not shown",
        "missing": max(0.0, missing) if view.time_told else 0.0,
        "missing_word": "missing, provisional" if view.stamp else "missing",
        "missing_shown": shown(missing, digits),
        "note": "" if adds_up else ROUNDED,
        "alt": (
            f"{'Two bars' if view.time_told else 'One bar'}. Work on plans takes {words(workload)} hours a week: "
            + "; ".join(f"{within(part['kind'])} {part['shown']}" for part in parts)
            + f".{people}"
        ),
    }


def bridge_words(view: View) -> str:
    """The bridge from in post to required in a line: sums as they are, changes with their sign. Empty where time is not
    told.
    """
    if not view.time_told:
        return ""
    words = view.gate.fte_words
    steps = [
        f"{within(step.label)} {'' if step.kind == SUM else '−' if step.fte < 0 else '+'}{words(abs(step.fte))}"
        for step in view.bridge
    ]
    return f"{'Provisional bridge' if view.stamp else 'Bridge'} in FTE: {' → '.join(steps)}."


def option_row(view: View, option: Option) -> dict[str, str]:
    """One option as written; what is not known is a dash."""
    moved = option.students_changing
    return {
        "name": for_a_cell(option.name),
        "fte": "–" if option.fte is None else fte(option.fte),
        "first_year": _dollars_or_dash(option.first_year_cost),
        "yearly": _dollars_or_dash(option.yearly_cost),
        "cover": for_a_cell(option.cover) or "–",
        "students": "–" if moved is None else view.gate.count(moved),
    }


def _dollars_or_dash(amount: float | None) -> str:
    return "–" if amount is None else dollars(amount)


def not_acting(view: View) -> list[str]:
    """What waiting costs: this week's estimated exposure, and what the district has given."""
    row, given, gate = view.district, view.settings.not_acting, view.gate
    said = []
    if not view.answer.posts_known:
        said.append(f"{NOBODY_KNOWN[:-1]} and no minutes without time are told.")
    elif not view.risk_told:
        said.append("Student minutes without time are not shown: they would speak of fewer than three people.")
    elif view.risk_below_a_step:
        said.append(f"Fewer than {shown(MINUTES_STEP, 0)} student minutes on plans find no time in a week.")
    elif row["student_minutes_at_risk"] >= 1:
        said.append(
            f"{_provisionally(view)}About {shown(row['student_minutes_at_risk'], 0)} student minutes on plans find no time "
            f"in a week if only sessions give way, {shown(row['student_minutes_at_risk_alike'], 0)} if everything gives way "
            "alike. This is an estimated exposure, not a finding about anyone."
        )
    if given is not None and given.owed_minutes is not None:
        said.append(
            f"{_provisionally(view)}By the end of the school year about {shown(gate.step(given.owed_minutes, OWED_MINUTES_STEP), 0)} student minutes would be owed."
        )
    if given is not None and given.owed_hours is not None:
        made_up = shown(gate.step(given.owed_hours, OWED_HOURS_STEP), 0)
        said.append(f"{_provisionally(view)}Making them up would take about {made_up} therapist hours.")
    if given is not None and given.dollars is not None:
        said.append(
            f"{_provisionally(view)}The cost of waiting is put at {dollars(gate.step(given.dollars, DOLLARS_STEP))}."
        )
    if given is not None and given.words.strip():
        said.append(for_a_cell(given.words))
    return said


def _provisionally(view: View) -> str:
    """Before a sentence that rests on who is in post and what is open."""
    return f"{view.stamp_word}: " if view.stamp else ""


def equity(view: View) -> str:
    """The best and the worst covered of the schools that may be shown, as time beside work, in the told FTE."""
    table = view.schools[view.schools["caseload"] >= view.gate.smallest]  # a handful of students is no comparison
    table = table[(table["required_fte"] > 0) & table["available_fte"].notna()]
    table = table.assign(covered=table["available_fte"] / table["required_fte"]).sort_values(["covered", "school"])
    if len(table) < 2 or table["covered"].iloc[0] == table["covered"].iloc[-1]:
        return ""
    best, worst = (
        f"{for_a_cell(one['school'])} has {view.gate.fte_words(one['available_fte'])} FTE of therapist time for "
        f"{view.gate.fte_words(one['required_fte'])} FTE of work"
        for one in (table.iloc[-1], table.iloc[0])
    )
    said = f"{_provisionally(view)}{best}; {worst}."
    left_out = (
        [f"schools with fewer than {view.gate.smallest} students"]
        if view.withheld_schools or (view.schools["caseload"] < view.gate.smallest).any()
        else []
    )
    left_out += ["schools where one person has time"] if view.time_note else []
    return f"{said} Not compared: {' and '.join(left_out)}." if left_out else said


def limits(view: View) -> list[str]:
    """What this does not show, in plain sentences."""
    answer = view.answer
    ids = list(parameters())
    examples = sum(answer.assumptions.source(id)[0] == "example" for id in ids)
    rows = answer.roster.rows
    unread = rows("unreadable")
    said = [
        *([open_words(view)] if view.stamp else []),
        "The roster of one day. Later referrals, the extended school year and unpaid overtime are not in it.",
        "Nobody's performance, and not the quality of any service.",
        f"{examples} of {len(ids)} assumptions are examples without a published source until the district sets its own; "
        "the range shows how far assumptions move the answer, not errors in the roster.",
    ]
    if unread:
        said.append(
            f"{count(unread, 'service row')} could not be read and {'is' if unread == 1 else 'are'} not counted."
            if view.gate.open
            else f"{view.gate.count(unread).capitalize()} service rows could not be read and are not counted."
        )
    if not view.gate.open:
        said.append(ROUGHLY)
        said += [view.no_time_words] if view.no_time_words else []
    return said


def in_unit(value: float | str, unit: str) -> str:
    """A value of an assumption with its unit: "1.5 hours a meeting", "8.9% of the week", "school month"."""
    if isinstance(value, str):
        return value.replace("_", " ")
    return f"{percent(value, 1)} of {unit[9:]}" if unit.startswith("share of ") else f"{value:.3g} {unit}"


def method(view: View) -> str:
    """Method, version and force of the calculation."""
    return (
        f"Method {METHOD} of {METHOD_DATE} (form of the WHO's Workload Indicators of Staffing Need), "
        f"software {__version__}."
    )
