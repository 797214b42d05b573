"""What the packet keeps for the session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import ClassVar

from workload.report.packet_choices import NotActing
from workload.scenarios.outcome import Outcome

Files = Mapping[str, bytes]


@dataclass(slots=True)
class PacketRecord:
    """What was typed for a packet and what was made, each with the digest of what it follows from.

    typed, logo  the form as it was saved; problem is why the last one was refused
    owed         what is owed by June
    options      scenario and today as outcomes
    made         the files of the last packet; refused is why the last one was not made
    uploads      how many settings files were brought back; file_problem is why the last one was refused
    """

    KEPT: ClassVar[tuple[str, ...]] = ("typed", "logo")

    typed: Mapping[str, object] = field(default_factory=dict)
    logo: bytes | None = None
    problem: str = ""
    owed: tuple[str, NotActing | None] = ("", None)
    options: Mapping[str, tuple[Outcome, Outcome]] = field(default_factory=dict)
    made: tuple[str, Files] = ("", MappingProxyType({}))
    refused: tuple[str, str] = ("", "")
    uploads: int = 0
    file_problem: str = ""
