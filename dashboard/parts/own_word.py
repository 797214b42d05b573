"""What a therapist says of her own week: that it is right, for the lines as they are, or that something is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import ClassVar, Literal

import streamlit as st

from dashboard.parts import correction_file, finding, widgets
from dashboard.shell import cached, navigation, session
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.model.roster import UNASSIGNED
from workload.model.words import in_words


@dataclass(frozen=True)
class Confirmed:
    """When a week was confirmed, and the lines that it was said of.

    lines  of each line the student and a digest of the rest, so that another secret tells the student anew and nothing else;
           one digest of all in what was kept earlier
    """

    day: date
    lines: str | tuple[tuple[str, str], ...]


@dataclass(slots=True)
class OwnWordRecord:
    """Kept for the session.

    confirmed  therapist -> what was confirmed
    wrong      the therapist whose correction sheet is asked for; empty for nobody
    """

    KEPT: ClassVar[tuple[str, ...]] = ("confirmed",)

    confirmed: Mapping[str, Confirmed] = field(default_factory=dict)
    wrong: str = ""


def lines_of(answer: Answer, name: str) -> tuple[tuple[str, str], ...]:
    """What a confirmation is said of: the service lines of one person."""
    lines = answer.lines[answer.lines["therapist"] == name]
    rest = lines.drop(columns="student").itertuples(index=False, name=None)
    return tuple(sorted((str(who), cached.digest(*row)[:16]) for who, row in zip(lines["student"], rest, strict=True)))


def is_same(said: Confirmed, answer: Answer, name: str) -> bool:
    """Whether the lines are those that were confirmed, in any order: they stand in that of the pseudonyms."""
    if isinstance(said.lines, str):
        return said.lines == cached.digest(answer.lines[answer.lines["therapist"] == name].to_csv(index=False))
    return tuple(sorted(said.lines)) == lines_of(answer, name)


def confirm(answer: Answer, name: str) -> None:
    """The week is right as it stands."""
    record = session.record(OwnWordRecord)
    said = Confirmed(session.today(), lines_of(answer, name))
    record.confirmed, record.wrong = {**record.confirmed, name: said}, ""
    st.rerun()


def take_back(name: str) -> None:
    """The word is taken back."""
    record = session.record(OwnWordRecord)
    record.confirmed = {other: said for other, said in record.confirmed.items() if other != name}
    st.rerun()


def something_wrong(name: str) -> None:
    """Ask for the sheet on which the lines are corrected."""
    session.change(OwnWordRecord, wrong=name)
    st.rerun()


def standing(answer: Answer, name: str) -> str:
    """The word as a chip; nothing where none was said."""
    said = session.record(OwnWordRecord).confirmed.get(name)
    if said is None:
        return ""
    if not is_same(said, answer, name):
        return finding.chip("Changed since it was confirmed", "open")
    return finding.chip(f"Confirmed {in_words(said.day)}")


def is_confirmed(answer: Answer, name: str) -> bool:
    """Whether the week is confirmed as it stands."""
    said = session.record(OwnWordRecord).confirmed.get(name)
    return said is not None and is_same(said, answer, name)


def number_confirmed(answer: Answer) -> int:
    """How many weeks are confirmed as they stand."""
    return sum(is_confirmed(answer, name) for name in session.record(OwnWordRecord).confirmed)


def number_of_weeks(answer: Answer) -> int:
    """How many people could confirm one."""
    return int((answer.people["therapist"] != UNASSIGNED).sum())


def actions(answer: Answer, name: str) -> list[finding.Action]:
    """What she does next, first of all."""
    if name == UNASSIGNED:
        return [("See who could share work", navigation.REBALANCE.file)]
    if is_confirmed(answer, name):
        return [
            ("See who could share work", navigation.REBALANCE.file),
            ("Not right after all", partial(take_back, name)),
        ]
    return [
        ("Confirm my week", partial(confirm, answer, name)),
        ("Something is wrong", partial(something_wrong, name)),
    ]


def correction(answer: Answer, name: str, labels: Labels) -> None:
    """The sheet to correct and the way back, where something is wrong."""
    if session.record(OwnWordRecord).wrong != name:
        return
    with st.container(key="card_wrong"):
        finding.title(
            "Write what is wrong into the correction sheet",
            "One line a service, by the row of your own file. Your lead accepts or refuses each change.",
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            sheet(answer, name, labels, "wrong_correction", "primary")
            st.page_link(
                navigation.page(navigation.REPORT),
                label="Bring a filled-in sheet back",
                query_params={"report_part": "Correction sheets"},
            )


def sheet(
    answer: Answer, name: str, labels: Labels, key: str, kind: Literal["primary", "secondary"] = "secondary"
) -> None:
    """The button for the correction sheet of one person."""
    code = labels.code(name).replace(" ", "-")
    st.download_button(
        "Get the correction sheet",
        partial(correction_file.sheet, answer, name, labels.of(name)),
        f"corrections-{code}-{cached.digest(session.answer_key(), labels.named)[:8]}.xlsx",
        widgets.EXCEL,
        key=key,
        type=kind,
        on_click="ignore",
    )
