"""The ten warning signs for one therapist: what she says herself, and what the figures of her own week show."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from workload.answer import Answer
from workload.staffing.concerns.sign_evidence import Evidence, Indicator
from workload.staffing.concerns.warning_signs import SIGNS, Sign, concerns
from workload.staffing.time_study.study import TimeStudy


@dataclass(frozen=True, eq=False)
class OwnSign:
    """One sign: whether she says so, and the figure of her log or week for it, where there is one."""

    sign: Sign
    said: bool
    figure: Indicator | None

    @property
    def shows(self) -> bool:
        """Whether she says so or a figure shows it."""
        return self.said or bool(self.figure and self.figure.shows)


def own_signs(answer: Answer, study: TimeStudy, said: Collection[str]) -> tuple[OwnSign, ...]:
    """The ten signs in their order. A figure that does not decide a sign is left out: here nobody weighs it."""
    evidence = Evidence(answer.staffing, study=None if study.is_empty else study)
    figures = {one.sign.id: one.indicator for one in concerns(evidence)}
    return tuple(OwnSign(sign, sign.id in said, _deciding(figures.get(sign.id))) for sign in SIGNS)


def _deciding(figure: Indicator | None) -> Indicator | None:
    return figure if figure is not None and figure.decides else None
