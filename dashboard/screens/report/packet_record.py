"""What the packet keeps for the session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import ClassVar

from workload.figures.chart import Chart
from workload.report.packet_choices import NotActing
from workload.report.sections.page_blocks import Section
from workload.report.sections.telling import Sentence
from workload.scenarios.outcome import Outcome

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Told:
    """Page one of the first document, and every sentence of all documents by its key.

    charts       of page one, by section and number of the block
    ends_differ  whether the likely range that this reader gets is written otherwise than on the screen
    """

    page: tuple[Section, ...]
    charts: Mapping[tuple[str, int], Chart]
    ends_differ: bool
    sentences: Mapping[str, Sentence]
    marks: tuple[str, ...]
    foot: str


@dataclass(slots=True)
class PacketRecord:
    """What was typed for a packet and what was made, each with the digest of what it follows from.

    typed, logo  the form as it was saved; problem is why the last one was refused
    owed         what is owed by June
    options      scenario and today as outcomes
    wording      sentences in the district's own words: (language, key) and the sentence with names of numbers in braces
    template     the district's own pptx, whose look the slides take
    told         what the documents say, and the digest of what they follow from
    made         the files of the last packet; refused is why the last one was not made
    uploads      how many settings files were brought back; file_problem is why the last one was refused
    """

    KEPT: ClassVar[tuple[str, ...]] = ("typed", "logo", "wording", "template")

    typed: Mapping[str, object] = field(default_factory=dict)
    logo: bytes | None = None
    problem: str = ""
    owed: tuple[str, NotActing | None] = ("", None)
    options: Mapping[str, tuple[Outcome, Outcome]] = field(default_factory=dict)
    wording: Mapping[tuple[str, str], str] = field(default_factory=dict)
    template: bytes | None = None
    told: tuple[str, Told | None] = ("", None)
    made: tuple[str, Files] = ("", MappingProxyType({}))
    refused: tuple[str, str] = ("", "")
    uploads: int = 0
    file_problem: str = ""
