"""The assumptions in force, from what is set on the screen and what a time study has measured."""

from __future__ import annotations

from collections.abc import Mapping

from workload.model.parameters import Assumptions, parameters

Measured = Mapping[str, tuple[float, str, float]]  # id -> (value, origin, standard error)


def assumptions_of(
    chosen: Mapping[str, object], measured: Measured, before: Mapping[str, object], with_study: bool
) -> Assumptions:
    """The defaults with what was chosen. A measured value that still stands keeps its origin.

    before      what was set before the study: it stands in for the measured values without the study
    Raises `ParameterError`.
    """
    changed = {id: value for id, value in chosen.items() if value is not None and value != parameters()[id].value}
    study = {id: one for id, one in measured.items() if changed.get(id) == one[0]}
    own = {id: value for id, value in changed.items() if id not in study}
    if not with_study:
        return Assumptions().changed({**own, **{id: before[id] for id in study}}, "set on the screen")
    made = Assumptions().changed(own, "set on the screen")
    for id, (value, origin, error) in study.items():
        made = made.changed({id: value}, origin, {id: error})
    return made
