"""What each answer to an open question of intake would do to the district's required FTE.

consequences(opened, secret, answers, question, day)      # {"every-two-weeks": 7.9, "twice-a-week": 8.4}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from workload.answer import analyze
from workload.intake.answers.findings import Question
from workload.intake.answers.import_map import ImportMap
from workload.intake.by_hand.corrected_cells import Edits
from workload.intake.load import File, load, open_files
from workload.model.confirmations import QuestionEnds
from workload.model.issues import stops
from workload.model.parameters import Assumptions

MOST_CHOICES = 8  # each choice reads the rows once more


def consequences(
    files: Sequence[File],
    secret: bytes,
    answers: ImportMap,
    question: Question,
    day: date,
    assumptions: Assumptions | None = None,
    edits: Edits = Edits(),
    most: int = MOST_CHOICES,
) -> dict[str, float | None]:  # noqa: B008
    """Choice -> required FTE of the district on the day under that answer, for the first choices of the question.

    files  as for `load`: give opened ones, so that nothing is parsed again
    most   how many of the choices are worked out
    None   the answer leaves nothing to calculate from
    """
    opened = open_files(files)
    found: dict[str, float | None] = {}
    for choice, _ in question.choices[:most]:
        roster = load(opened, secret=secret, answers=answers.with_answer(question.key, choice), edits=edits).roster
        found[choice] = (
            None if stops(roster.issues) else float(analyze(roster, day, assumptions).district["required_fte"])
        )
    return found


def question_ends(
    files: Sequence[File],
    secret: bytes,
    answers: ImportMap,
    tried: Mapping[str, Mapping[str, float | None]],
    day: date,
    assumptions: Assumptions | None = None,
    edits: Edits = Edits(),
) -> QuestionEnds | None:  # noqa: B008
    """Required FTE and gap where every open question has its lowest answer, and where each has its highest.

    tried  key of a question -> what `consequences` says of its choices
    None   nothing can be calculated at one of the ends
    """
    opened = open_files(files)
    found = []
    for end in (min, max):
        given = answers
        for key, choices in tried.items():
            known = {choice: value for choice, value in choices.items() if value is not None}
            if known:
                given = given.with_answer(key, end(known, key=known.__getitem__))
        roster = load(opened, secret=secret, answers=given, edits=edits).roster
        if stops(roster.issues):
            return None
        district = analyze(roster, day, assumptions).district
        found.append((float(district["required_fte"]), float(district["gap_fte"])))
    (low, low_gap), (high, high_gap) = found
    return (min(low, high), max(low, high)), (min(low_gap, high_gap), max(low_gap, high_gap))
