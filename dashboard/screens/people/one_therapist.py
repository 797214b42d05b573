"""One therapist's week: the figures, each open to its rows, so that the person can see and correct what is counted."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.parts import column_labels, contract_rules, finding, live_chart, own_word, widgets
from dashboard.parts.own_numbers import LINE_COLUMNS, WRONG, numbers
from dashboard.parts.status_line import is_provisional, provisionally, so_far
from dashboard.parts.summary import used_sentence
from dashboard.parts.week_colors import BEYOND, COLORS
from dashboard.screens.people import week_log
from dashboard.screens.rules import who_is_over
from dashboard.shell import navigation, session
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.figures.fit_chart import ONE_WEEK, WeekRow, fit_chart, fit_words, parts_of, week_row
from workload.figures.plan_and_log import PlanAndLog, plan_and_log, side_by_side
from workload.model.roster import UNASSIGNED
from workload.model.units import hours as in_hours
from workload.model.words import about_words, count, fte, hours, shown
from workload.premises.district_premises import overdue_weeks_words
from workload.premises.other_ends import minutes_overdue
from workload.staffing.caps.caseload_caps import caps_for
from workload.staffing.caps.other_limits import limits_for
from workload.staffing.fitting_weeks import schools_to_hand_on
from workload.work.activities import CODES

CELL_COLUMNS = ["school", "student_hours", "therapist_hours", "workload_hours", "required_fte", "available_fte"]
RULE_COLUMNS = ("Rule", "Limit for this contract", "Students counted", "Over by", "What it is", "Section")


def head(answer: Answer, name: str, labels: Labels) -> None:
    """The sentence about one week, its facts, and the next step."""
    row = person(answer, name)
    told = week_row(row, labels.of(name), labels.code(name), answer.posts_known, name == UNASSIGNED)
    logged = plan_and_log(answer.time_study, answer.staffing, name)
    facts = [finding.fact("{} in {}", count(int(row["caseload"]), "student"), count(int(row["schools"]), "school"))]
    if told.total:
        facts.append(finding.fact("likely {}", likely(answer, name)))
    if late := overdue_hours(answer, name):  # such a week is no usual one: it holds all that is late
        said = f"{{}} of the hours make up minutes that are overdue, as if within {overdue_weeks_words(answer)}"
        facts.append(finding.fact(said, hours(late)))
    if logged is not None:
        facts.append(finding.fact("the log says {}" if logged.whole_days else "the log holds {}", hours(logged.logged)))
    if told.contract:
        facts.append(
            finding.chip(provisionally(answer, f"{hours(told.beyond)} h too much"), "short")
            if told.beyond
            else finding.chip(provisionally(answer, told.words))
        )
    facts.append(own_word.standing(answer, name))
    finding.hero(
        *sentence(told, labels.of(name)),
        facts,
        short=bool(told.beyond),
        actions=[*own_word.actions(answer, name), ("All weeks", back_to_all)],
        key=f"person_next_{labels.code(name)}",
    )
    own_word.correction(answer, name, labels)


def overdue_hours(answer: Answer, name: str) -> float:
    """Hours a week of a person that make up minutes due before the day."""
    return 0.0 if name == UNASSIGNED else in_hours(minutes_overdue(answer, name)[0]) / answer.demand.overdue_weeks


def person(answer: Answer, name: str) -> pd.Series:
    """The row of one person, or of the work that has no therapist."""
    return answer.people.set_index("therapist", drop=False).loc[name]


def sentence(told: WeekRow, label: str) -> tuple[str, str, str]:
    """(before, number, after) of the heading."""
    work = hours(told.total)
    if told.nobody:
        return "", work, "hours of work a week have no therapist"
    if told.contract:
        return f"{label} has", work, f"hours of work in a week of {told.contract:g}"
    if told.state:
        return f"{label} is {told.state}:", work, "hours of work a week wait for somebody"
    return f"{label} has", work, "hours of work a week"


def likely(answer: Answer, name: str) -> str:
    """The hours of the week where the assumptions vary between their low and high ends."""
    row = answer.therapists.set_index("therapist").loc[name]
    low, high = (row[end] * answer.staffing.full_week for end in ("required_fte_p10", "required_fte_p90"))
    return f"{shown(low, 0)} to {shown(high, 0)}"


def back_to_all() -> None:
    session.set_next("therapist", None)
    st.rerun()


def week(answer: Answer, name: str, labels: Labels) -> None:
    """Plans and log as two bars, what the log shows, and what would make the week fit."""
    row, logged = person(answer, name), plan_and_log(answer.time_study, answer.staffing, name)
    plans = week_row(row, "The plans", labels.code(name), answer.posts_known, name == UNASSIGNED)
    bars = [plans]
    if logged is not None:
        bars.append(WeekRow("The log", plans.code, parts_of(logged.log), plans.contract, plans.state))
    with st.container(key="card_hers"):
        finding.title(so_far(answer, title(plans, logged)) if plans.beyond else title(plans, logged), under(plans))
        finding.key_of_colors(*COLORS, *([BEYOND] if plans.contract else []))
        waits = bool(plans.contract) and is_provisional(answer)
        live_chart.still(fit_chart(bars, live_chart.tones(), ONE_WEEK, waits), "hers", fit_words(bars, waits))
        if logged is not None:
            finding.said(f"The log of {logged.dates}.", log_words(plans, bars[1], logged))
        if plans.beyond:
            finding.said("What would make it fit.", fit_sentence(answer, name, plans))


def title(plans: WeekRow, logged: PlanAndLog | None) -> str:
    """What the two bars say."""
    ask = f"The plans ask for {hours(plans.total)} hours"
    if logged is not None:
        return f"{ask}; the log has {hours(logged.logged)}"
    if plans.beyond:
        return f"{ask}, {hours(plans.beyond)} more than the contract"
    return f"{ask} a week"


def under(plans: WeekRow) -> str:
    """How to read the bars."""
    mark = f" The upright mark is the contract of {plans.contract:g}." if plans.contract else ""
    return f"Hours a week.{mark}"


def log_words(plans: WeekRow, log: WeekRow, logged: PlanAndLog) -> str:
    """The two sides in a sentence, without a judgment: a short log is no proof of less work."""
    with_students, about = (
        f"{hours(log.parts[place])} {what}, the plans {hours(plans.parts[place])}"
        for place, what in ((0, "hours with students"), (1, "hours about students"))
    )
    part = "" if logged.whole_days else " The log does not hold whole days, so hours are missing from it."
    return f"Logged: {with_students}; {about}.{part} A week or two says little about a year."


def fit_sentence(answer: Answer, name: str, plans: WeekRow) -> str:
    """The hours that do not fit as a part of a post, and whose work would have to go."""
    beyond = (
        f"{hours(plans.beyond)} hours a week are {fte(plans.beyond / answer.staffing.full_week)} of a full-time post"
    )
    handed = schools_to_hand_on(answer.cells[answer.cells["therapist"] == name], plans.beyond)
    beyond = so_far(answer, beyond)
    late = ""
    if owed := overdue_hours(answer, name):
        late = (
            f" {hours(owed)} hours of it are overdue minutes, as if made up within {overdue_weeks_words(answer)}: set the "
            "weeks under Assumptions."
        )
    if not handed:
        return f"{beyond}, with somebody else.{late}"
    schools = " and ".join(f"{school} ({hours(work)} h)" for school, work in handed)
    return f"{beyond}: about the work at {schools} with somebody else.{late}"


def lines_of_work(answer: Answer, name: str) -> None:
    """Plans and log, line by line."""
    row, logged = person(answer, name), plan_and_log(answer.time_study, answer.staffing, name)
    plans = {code: float(row[f"{code}_hours"]) for code in CODES}
    table = side_by_side(plans, logged.log if logged is not None else None)
    with st.container(key="card_lines"):
        finding.title("Plans and log, side by side" if logged is not None else "What fills the week")
        columns = [column for column in ("plans", "log", "differs") if column in table.columns]
        finding.plain_table(
            ["hours a week", *columns],
            [
                (one["line"], *(signed(one[each]) if each == "differs" else hours(one[each]) for each in columns))
                for one in table.to_dict("records")
            ],
            "Hours a week by line of work",
            range(1, len(columns) + 1),
        )


def signed(value: float) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{hours(abs(value))}"


def show(answer: Answer, name: str, labels: Labels) -> None:
    """The students of one week, and every figure of it open to its rows."""
    row = person(answer, name)
    if name != UNASSIGNED:
        week_log.show(name, labels.code(name))
    students(answer, name, labels)
    cards = (
        ("Caseload", shown(row["caseload"], 0), "caseload"),
        ("Hours a week", hours(row["workload_hours"]), "workload_hours"),
        ("Capacity used", used_sentence(row["utilization"]), "utilization"),
        ("FTE required", fte(row["required_fte"]), "required_fte"),
        ("Minutes at risk", about_words(row["student_minutes_at_risk"]), "student_minutes_at_risk"),
    )
    numbers(answer, labels, "person", cards, therapist=name)
    st.subheader("Schools", anchor=False)
    cells = answer.cells[answer.cells["therapist"] == name]
    widgets.table(cells[CELL_COLUMNS], f"Work of {labels.of(name)} by school", "person_schools", "schools")
    rules_held(answer, name, labels)


def students(answer: Answer, name: str, labels: Labels) -> None:
    """The service lines, first what the therapist knows a student by; and the sheet on which to correct them."""
    lines = answer.lines[answer.lines["therapist"] == name]
    with st.container(key="card_students"):
        finding.title(
            f"{count(int(person(answer, name)['caseload']), 'student')}, {count(len(lines), 'service line')}: is this right?",
            "By the row in your own file, grade and school. Names are dropped when a file is read.",
        )
        widgets.table(
            column_labels.filled(lines[LINE_COLUMNS]),
            f"Service lines of {labels.of(name)}",
            "person_lines",
            "service-lines",
        )
        if name != UNASSIGNED:
            own_word.sheet(answer, name, labels, "person_correction")
            st.page_link(
                navigation.page(navigation.REPORT),
                label="Bring a filled-in sheet back",
                query_params={"report_part": "Correction sheets"},
            )
        st.caption(WRONG)


def rules_held(answer: Answer, name: str, labels: Labels) -> None:
    """The rules of the state and of the district's own agreement, held against this person."""
    packs = contract_rules.packs_chosen()
    caseload = caps_for(answer.staffing, packs, answer.roster.services).get(name, [])
    limits = limits_for(answer.staffing, packs, answer.roster.services, answer.time_study)
    others = [check for check in limits if check.about == name]
    if not caseload and not others:
        return
    st.subheader("Caseload rules and other limits")
    if caseload:
        table = who_is_over.caps_table({name: caseload}, {name: labels.of(name)})[list(RULE_COLUMNS)]
        widgets.words_table(table, f"Caseload rules held against {labels.of(name)}", "person_caps", "caps")
        st.caption(
            "With the students of the OTAs whom this OT supervises. A plan or an agreement may vary the limit; see the rule's text."
        )
    if others:
        table = who_is_over.limits_rows(others, labels).drop(columns=["Who or where", "Note"])
        widgets.words_table(table, f"Other limits held against {labels.of(name)}", "person_limits", "limits")
