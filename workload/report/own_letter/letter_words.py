"""What the letter says: her numbers, what the law says, what she asks for, and how it was counted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from workload import METHOD_DATE
from workload.answer import Answer
from workload.figures.tones import THIRDS
from workload.model.parameters import parameters
from workload.model.words import count, hours, in_words, rounded, shown, within
from workload.one_week.own_case import Lever
from workload.one_week.own_signs import OwnSign
from workload.one_week.week_roster import ME
from workload.rules.packs import federal
from workload.rules.rule import Rule
from workload.staffing.time_study.model_against_log import logs_whole_days
from workload.staffing.time_study.study import TimeStudy
from workload.staffing.time_study.study_tables import intervention_ratio
from workload.work.activities import CODES

MOST_SIGNS, MOST_LAWS, MOST_LEVERS = 4, 3, 5
LONGEST_TYPED = 80  # letters of a typed name
ALWAYS = ("US-fape", "US-yearly-review")  # cards of which one sentence stands in every letter
SIGN_WORDS = {
    "off-the-clock": "I work outside my contract hours",
    "no-break": "I miss lunch or breaks on most days",
    "partial-meetings": "I miss IEP meetings or attend only part of them",
    "groups-to-fit": "students are grouped only so that their minutes fit in",
    "sessions-for-evaluations": "sessions are cancelled for evaluations and meetings",
    "no-progress": "students do not make progress because sessions are too few or too rushed",
    "exhaustion": "I am too tired after work on most days",
    "relief": "a cancelled session is a relief",
    "planning-at-home": "planning and notes are done in my own time",
    "family-time": "work takes time that belongs to my family",
}


@dataclass(frozen=True)
class Letter:
    """The letter as plain texts. `table` is (line, hours a week); the last row is the sum."""

    day: str
    to: str
    sender: str
    subject: str
    opening: str
    table_title: str
    table: tuple[tuple[str, str], ...]
    paragraphs: tuple[str, ...]
    ask: str
    levers: tuple[str, ...]
    closing: str
    laws: tuple[str, ...]
    counted: str


def own_row(answer: Answer) -> pd.Series:
    """The row of the therapist herself, with the ends of her range."""
    return answer.therapists.set_index("therapist", drop=False).loc[ME]


def letter(
    answer: Answer,
    study: TimeStudy,
    signs: Collection[OwnSign] = (),
    chosen: Sequence[Lever] = (),
    hours_with_levers: float | None = None,
    laws: Sequence[Rule] = (),
    to: str = "",
    sender: str = "",
    left_out: int = 0,
) -> Letter:
    """The letter of one week.

    hours_with_levers  the week with all chosen levers together
    left_out           students who are not counted, as what their plans say is still open
    laws               entries whose sentence stands under the ask, each with its section; the first few are taken
    """
    row = own_row(answer)
    work, contract = float(row["workload_hours"]), float(row["available_hours"])
    return Letter(
        in_words(answer.day),
        to.strip()[:LONGEST_TYPED] or "the principal",
        sender.strip()[:LONGEST_TYPED],
        "My occupational therapy workload",
        opening(int(row["caseload"]), work, contract),
        "What fills the week, in hours",
        table(row),
        tuple(
            each
            for each in (
                range_words(answer, row),
                left_out_words(left_out),
                log_words(answer, study),
                sign_words(signs),
            )
            if each
        ),
        ask_words(work - contract, chosen, hours_with_levers, contract),
        tuple(lever_words(one) for one in chosen[:MOST_LEVERS]),
        "May we look at these numbers together? Each of them opens to the students' plans, without names, and to the "
        "formula behind it.",
        tuple(law_words(rule) for rule in laws[:MOST_LAWS]),
        counted(answer) + rounding_words(row),
    )


def opening(caseload: int, work: float, contract: float) -> str:
    """The first paragraph: students, hours of work, hours of the contract."""
    over = rounded(work, 1) - rounded(contract, 1)
    end = (
        f"{hours(over)} hours a week do not fit."
        if rounded(over, 1) > 0
        else "It just fits."
        if not rounded(over, 1)
        else f"It fits, with {hours(-over)} hours left."
    )
    return (
        f"I serve {count(caseload, 'student')}. A caseload counts students; the work is in the hours. The services on "
        f"their plans, with the evaluations, meetings, reports and duties of my post, take {hours(work)} hours a week. "
        f"My contract has {hours(contract)}. {end}"
    )


def table(row: pd.Series) -> tuple[tuple[str, str], ...]:
    """Lines of work that are not nothing, and the sum. Each is rounded by itself, as on every page: a line that was made
    to fit the sum would not be the hours that its row opens to."""
    of = {code: float(row[f"{code}_hours"]) for code in CODES}
    lines = [(label, sum(of.get(code, 0.0) for code in codes)) for third in THIRDS for label, codes in third.lines]
    made = [(label, hours(value)) for label, value in lines if rounded(value, 1)]
    return (*made, ("All work", hours(float(row["workload_hours"]))))


def rounding_words(row: pd.Series) -> str:
    """That lines are rounded one by one; empty where they add up as shown."""
    *lines, whole = (float(value) for _, value in table(row))
    return "" if rounded(sum(lines) - whole, 1) == 0 else " Each line is rounded by itself, the sum too."


def range_words(answer: Answer, row: pd.Series) -> str:
    """How sure the hours are."""
    low, high = (float(row[end]) * answer.staffing.full_week for end in ("required_fte_p10", "required_fte_p90"))
    if shown(low, 0) == shown(high, 0):
        return ""
    return f"Where the assumed times vary between their low and high ends, it is likely {shown(low, 0)} to {shown(high, 0)} hours."


def left_out_words(students: int) -> str:
    """That some students are not in the numbers; empty where all are."""
    if not students:
        return ""
    return f"Not counted in these hours: {count(students, 'further student')} whose plans do not say yet how often."


def log_words(answer: Answer, study: TimeStudy) -> str:
    """What the grid of a week holds; empty without one, and where it does not hold whole days."""
    if study.is_empty or not logs_whole_days(study, answer.staffing, ME):
        return ""
    ratio = intervention_ratio(study)
    outside = (
        f" {hours(ratio.outside_hours)} of them lie outside my contract hours."
        if rounded(ratio.outside_hours, 1)
        else ""
    )
    return f"My own log of a week has {hours(ratio.worked_hours)} hours of work.{outside}"


def sign_words(signs: Collection[OwnSign]) -> str:
    """The warning signs that show, in one sentence; empty without one."""
    seen = [SIGN_WORDS[one.sign.id] for one in signs if one.shows][:MOST_SIGNS]
    if not seen:
        return ""
    listed = seen[0] if len(seen) == 1 else f"{', '.join(seen[:-1])}, and {seen[-1]}"
    return f"The signs of a caseload that cannot be managed are there: {listed}."


def ask_words(over: float, chosen: Sequence[Lever], together: float | None, contract: float) -> str:
    if chosen and together is not None:
        fits = "within" if rounded(together, 1) <= rounded(contract, 1) else "still above"
        return f"I ask for the following. Together it brings the week to {hours(together)} hours, {fits} the contract of {hours(contract)}:"
    if rounded(over, 1) > 0:
        return (
            f"I ask that we find {hours(over)} hours a week: added therapy time, or work that goes to somebody else. "
            "I can bring what each would change."
        )
    return "I ask that this balance is kept when students or duties are added."


def lever_words(lever: Lever) -> str:
    """One lever with the hours that it frees alone."""
    return f"{lever.label}: {hours(lever.hours_freed)} hours a week. {lever.caution}".strip()


def law_words(rule: Rule) -> str:
    """One entry of law: its sentence to use, and where it stands."""
    return f"{rule.say or rule.sentence} ({rule.citation})"


def laws_for(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """The cards of every letter, then the state's own that were read in their text and apply to OTs."""
    cards = {rule.id: rule for rule in federal().rules}
    own = [rule for rule in rules if rule.force == "law" and rule.is_for_ots and rule.kind != "no_number"]
    first = [rule for rule in own if rule.kind in ("caseload_cap", "planning_minutes")]
    return (cards[ALWAYS[0]], *(first or own)[:1], cards[ALWAYS[1]])


def counted(answer: Answer) -> str:
    """How it was counted: the method, and which of the values that matter most are only examples."""
    assumed = answer.assumptions
    examples = [
        within(parameters()[one.id].label)
        for one in answer.influences
        if assumed.source(one.id)[0] == "example" and one.swing_fte >= 0.005
    ][:3]
    weak = f" Examples, to be replaced by what is measured here: {', '.join(examples)}." if examples else ""
    return (
        f"Counted by this tool's method of {in_words(date.fromisoformat(METHOD_DATE))}: minutes on the plans, evaluations, "
        f"meetings, reports, notes, planning, travel and duties, for one therapist.{weak} Sentences on law are short readings and no legal "
        "advice; check them against the text in force."
    )


def as_text(said: Letter) -> str:
    """The letter as plain text, for a mail."""
    widest = max(len(line) for line, _ in said.table)
    parts = [
        said.day,
        f"To {said.to}",
        f"From {said.sender}" if said.sender else "",
        f"About: {said.subject}",
        said.opening,
        said.table_title + "\n" + "\n".join(f"  {line:<{widest}}  {value:>6}" for line, value in said.table),
        *said.paragraphs,
        "\n".join([said.ask, *(f"- {one}" for one in said.levers)]),
        "\n".join(["What the law says:", *(f"- {one}" for one in said.laws)]) if said.laws else "",
        said.closing,
        said.sender,
        said.counted,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"
