"""What is brought beside the roster and changes the answer: corrections, a time log, measured standards, premises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

import pandas as pd

from dashboard.shell.assumptions_in_force import Measured
from workload.answer import Answer
from workload.model.confirmations import Confirmation, QuestionEnds
from workload.model.roster import Roster
from workload.model.school_calendar import SchoolCalendar
from workload.model.words import in_words


@dataclass(slots=True)
class BesideRoster:
    """Kept for the session.

    corrected      the roster with the corrections that were accepted, and the digest of the roster they were made for
    log, log_key   entries of a time log, and their digest
    logged         the last answer with the log, by the digest of both
    measured       assumptions that a time study has measured; before_measured is what was set before
    confirmed      what people have said about the premises of the district, by premise
    calendar       first and last day of school and closings, as far as somebody has said them; `calendar_problem` says
                   why dates that were typed in cannot be used
    needed_by      the day by which the ask is needed; None until somebody has said it. `needed_words` is what a packet
                   says where it is no day ("May 2027"): one of the two, typed on Answer or under Report
    question_ends  FTE at the ends of the answers to open questions, and the digest of what they were worked out for
    """

    KEPT: ClassVar[tuple[str, ...]] = (
        "corrected",
        "log",
        "log_key",
        "measured",
        "before_measured",
        "confirmed",
        "calendar",
        "needed_by",
        "needed_words",
        "question_ends",
    )

    corrected: tuple[str, Roster] | None = None
    log: pd.DataFrame | None = None
    log_key: str = ""
    logged: tuple[str, Answer] | None = None
    measured: Measured = field(default_factory=dict)
    before_measured: Mapping[str, float] = field(default_factory=dict)
    confirmed: Mapping[str, Confirmation] = field(default_factory=dict)
    calendar: SchoolCalendar = field(default_factory=SchoolCalendar)
    calendar_problem: str = ""
    needed_by: date | None = None
    needed_words: str = ""
    question_ends: tuple[str, QuestionEnds | None] = ("", None)

    def ends_for(self, rows: str) -> QuestionEnds | None:
        """What the open questions may change, where Data has worked it out for these rows, day and assumptions."""
        return self.question_ends[1] if self.question_ends[0] == rows else None

    def needed_from(self, day: date) -> date | None:
        """The day by which the ask is needed, where somebody has said one that is not over on the day of the answer."""
        return self.needed_by if self.needed_by is not None and self.needed_by >= day else None

    def needed_text(self, day: date) -> str:
        """By when as a packet says it; empty where nobody has said it."""
        return self.needed_words if (by_when := self.needed_from(day)) is None else in_words(by_when)
