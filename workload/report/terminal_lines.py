"""What the command line says of a check, an answer and a scenario: the lines of a terminal."""

from __future__ import annotations

from collections.abc import Mapping

from workload.explain.headline import headline
from workload.figures.states import gap_words, state_texts
from workload.model.words import about_words, count, percent, rounded, shown
from workload.premises.premise_list import answer_status, open_premises, premises_of
from workload.premises.records import FINAL, PROVISIONAL, states_said
from workload.scenarios.outcome import apply
from workload.scenarios.priced_ask import ask_on_both_days
from workload.scenarios.priced_words import about_more, added_cost, ask_lines
from workload.scenarios.scenario import Scenario


def check_lines(loaded, answer) -> list[str]:
    """Each sheet with its rows by fate, as `analyze` counts them, the open questions and what was found."""
    counts, issues = (answer.row_counts, answer.issues) if answer else (loaded.roster.row_counts, loaded.roster.issues)
    lines = [
        f"{sheet.file}, sheet {sheet.sheet}: {sheet.read} rows read = {sheet.counted} counted + "
        f"{sum(sheet.excluded.values())} excluded + {sheet.unreadable} unreadable"
        for sheet in counts
    ]
    if answer:
        lines.append(f"The counted rows are those of {answer.day.isoformat()}.")
    questions = [f"question: {question.message}" for question in loaded.questions]
    return [*lines, *questions, *(issue.as_line() for issue in issues if issue.severity != "error")]


def answer_lines(answer, needed_by=None) -> list[str]:
    """The answer for a terminal: the sentence, the ask in parts, each person, what was not counted."""
    rows = [
        f"{row['therapist']:<24}{row['role'] or '':<5}{row['caseload']:>4} students "
        f"{shown(row['workload_hours'], 1):>6} of {shown(row['available_hours'], 1):>5} hours a week"
        for _, row in answer.therapists.iterrows()
    ]
    asked = ask_lines(answer, *ask_on_both_days(answer, needed_by))
    warnings = [issue.as_line() for issue in answer.issues]
    told = [f"On {answer.day.isoformat()}: {headline(answer, 'The district')}", *asked, *premise_lines(answer)]
    if answer_status(answer) == PROVISIONAL:
        rows.insert(0, "Each week as it stands provisionally, work of hours there:")
    return [*told, "", *rows, "", *warnings]


def premise_lines(answer) -> list[str]:
    """What the answer stands on, and each open premise with what settles it."""
    left = [f"open premise: {one.text} {one.action}".strip() for one in open_premises(answer)]
    states = [premise.state for premise in premises_of(answer)]
    return [f"Stands on {len(states)} premises: {states_said(states)}.", *left]


def outcome_lines(answer, scenario: Mapping) -> list[str]:
    """What a scenario comes to beside the posts as they are; nothing without one. `scenario` holds its name and figures."""
    if not scenario:
        return []
    return scenario_lines(apply(answer, Scenario("Today")).figures, **scenario, status=answer_status(answer))


def scenario_lines(today: Mapping, name: str, figures: Mapping, status: str = FINAL) -> list[str]:
    """What a scenario comes to, for a terminal.

    today   the figures of the posts as they are
    status  of the answer that it changes: over an open premise its gap is provisional, too
    """
    first, later = added_cost(today, figures)
    so_far = "provisionally " if status == PROVISIONAL else ""
    pair = figures["required_fte"], figures["available_fte"]
    needs, has, _ = state_texts(*pair)
    return [
        "",
        f"Scenario {name}: {needs} FTE needed, {has} there, {so_far}{gap_words(*pair)}; capacity used {percent(figures['utilization'])}.",
        f"About {about_words(figures['student_minutes_at_risk'])} student minutes a week find no time. Who change therapist: "
        f"{count(int(rounded(figures['students_changing_therapist'], 0)), 'student')}.",
        f"Beside the posts as they are: {about_more(first)} in the first year, {about_more(later)} in each later one, at "
        "example rates.",
    ]
