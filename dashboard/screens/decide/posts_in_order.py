"""The posts that somebody holds, in one order and by what they are called, for every choice of a post under Decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st

from dashboard.parts.safe_text import plain
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.work.demand import Demand


def able(answer: Answer, only_ot: bool = False) -> list[int]:
    """Posts in post in neutral order: OTs, then OTAs."""
    return _able(answer.demand, only_ot)


def _able(demand: Demand, only_ot: bool = False) -> list[int]:
    people = demand.people
    ots, otas = (np.flatnonzero(people.in_post[:-1] & (people.is_ota[:-1] == is_ota)) for is_ota in (False, True))
    return ots.tolist() if only_ot else [*ots.tolist(), *otas.tolist()]


def named(answer: Answer, labels: Labels) -> dict[int, str]:
    """The same posts and what each is called in a choice, worked out once for the rows of a day."""
    return answer.demand.once(_named, labels)


def _named(demand: Demand, labels: Labels) -> dict[int, str]:
    return {code: plain(labels.of(demand.therapists[code])) for code in _able(demand)}


def label_of(answer: Answer, labels: Labels, code: int) -> str:
    """What the post at a place in the roster's list is called at the moment."""
    return labels.of(answer.demand.therapists[code])


def choose(label: str, called: Mapping[int, str], key: str, placeholder: str = "Choose", **more: Any) -> int | None:
    """A list of posts by what they are called; nobody is chosen at first, unless `more` says so."""
    named = {code: plain(name) for code, name in called.items()}
    return st.selectbox(
        label, list(named), format_func=named.__getitem__, key=key, placeholder=placeholder, **{"index": None, **more}
    )
