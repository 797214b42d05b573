"""The correction sheet of one therapist, made when it is asked for."""

from __future__ import annotations

from workload.answer import Answer
from workload.report.audience import INTERNAL_WORDS


def sheet(answer: Answer, therapist: str, label: str) -> bytes:
    """The sheet as an Excel file, with a therapist's own week and nobody else's."""
    from workload.report.corrections.correction_sheet import correction_sheet
    from workload.report.packet import same_bytes

    return same_bytes(correction_sheet(answer, therapist, label, INTERNAL_WORDS))
