"""The constraints of a rebalancing in plain words, as widgets, and what each could be loosened to."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import partial

import streamlit as st

from dashboard.parts.safe_text import plain, safe
from dashboard.screens.decide import posts_in_order
from dashboard.screens.decide.posts_in_order import able, label_of
from dashboard.screens.decide.rebalance.rebalance_record import RebalanceRecord
from dashboard.screens.decide.scenarios.lever_widgets import school_names
from dashboard.shell import cached, session
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.model.roster import NO_SCHOOL
from workload.model.words import count
from workload.rebalance import problem as names
from workload.rebalance.constraints import Rules
from workload.rebalance.problem import MOST_MOVES, Weights
from workload.scenarios.blocks import BY_GROUP, GRANULARITIES, blocks_of


@dataclass(frozen=True)
class Constraint:
    """What a constraint says, and how it could be loosened."""

    said: str
    loosen: str


CONSTRAINTS = {
    names.KEEP_TOGETHER: Constraint(
        "keep blocks with one person", "take one of the blocks out of Keep with one person"
    ),
    names.NEVER_MOVE: Constraint(
        "students who stay where they are", "take a student out of Students who stay where they are"
    ),
    names.MOST_SCHOOLS: Constraint("at most so many schools for each person", "allow one school more for each person"),
    names.BASE_SCHOOL: Constraint("everybody keeps the base school", "switch off that everybody keeps the base school"),
    names.DAYS: Constraint("at most so many schools on a day", "allow one school more on a day"),
    names.OTA_SUPERVISED: Constraint(
        "an OTA serves only where the supervising OT does",
        "see that the supervising OT serves the school too, or move the OTA's work to an OT",
    ),
    names.OT_ONLY: Constraint(
        "evaluations and consultation stay with OTs",
        "evaluations and consultation cannot be given to an OTA: see that an OT may take them",
    ),
    names.NOT_ALLOWED: Constraint(
        "not at this school", "take a pair out of Not at this school, or see that somebody else may serve there"
    ),
    names.LEAVE: Constraint("nobody on leave gets more", "let somebody cover the leave first, as a lever under Decide"),
    MOST_MOVES: Constraint("at most so many moves", "allow more moves"),
}
BLOCKS = {GRANULARITIES[0]: "Groups and classes (grades)", GRANULARITIES[1]: "All that one person has at a school"}
WEIGHT_LABELS = {
    "largest_overload": ("Largest overload", "Points for a whole contract too much in the fullest post"),
    "overload": ("Hours that do not fit", "Points for each hour a week that does not fit anybody's contract"),
    "travel": ("Travel", "Points for each hour of travel a week"),
    "student_change": ("Students who change", "Points for each student who meets another therapist"),
}


@dataclass(frozen=True)
class Question:
    """Everything that is set for a search."""

    rules: Rules
    weights: Weights
    granularity: str = BY_GROUP
    include_unassigned: bool = False

    @property
    def key(self) -> str:
        """One digest of the answer and of what is set."""
        return cached.digest(session.answer_key(), self.rules, self.weights, self.granularity, self.include_unassigned)


def asked(answer: Answer, labels: Labels) -> Question:
    """The constraints as widgets, in a panel, and what they say."""
    with st.expander("What must hold: constraints", key="rules_of_moves"):
        st.caption(
            "What stands today may stay: nobody gets into a worse breach than now. OTAs get no evaluations and no consultation, "
            "and serve only where the supervising OT does. Who is on leave gets nothing new."
        )
        left, right = st.columns(2, gap="medium")
        with left:
            granularity = st.selectbox(
                "What moves as one",
                GRANULARITIES,
                format_func=BLOCKS.__getitem__,
                key="move_blocks",
                persist_state="session",
                help="Lines of one student with one person at one school are never parted.",
            )
            limited = st.toggle("Limit the schools of each person", True, key="limit_schools", persist_state="session")
            most = st.number_input(
                "Schools for each person, at most",
                1,
                30,
                4,
                key="most_schools",
                persist_state="session",
                disabled=not limited,
            )
            base = st.toggle("Everybody keeps the base school", True, key="keep_base", persist_state="session")
            unassigned = st.toggle(
                "Give out work that has nobody, too", False, key="give_unassigned", persist_state="session"
            )
        with right:
            daily = st.toggle("Limit the schools on one day", True, key="limit_daily", persist_state="session")
            a_day = st.number_input(
                "Schools on one day, at most", 1, 6, 2, key="most_daily", persist_state="session", disabled=not daily
            )
            strict = st.toggle(
                "The limits hold for today's assignment, too",
                False,
                key="strict_rules",
                persist_state="session",
                help="Off: what breaks a limit today may stay. On: it must be mended, and there may be no answer.",
            )
            stay = st.multiselect(
                "Students who stay where they are (pseudonyms)",
                sorted(answer.demand.lines.students),
                placeholder="Nobody named",
                key="never_move",
                persist_state="session",
            )
        together = _together(answer, granularity, unassigned)
        barred = _barred(answer, labels)
    weights = _weights()
    rules = Rules(
        int(most) if limited else None,
        int(a_day) if daily else None,
        bool(base),
        together,
        frozenset(stay),
        barred,
        bool(strict),
    )
    question = Question(rules, weights, granularity, bool(unassigned))
    st.caption(said(question))
    return question


def said(question: Question) -> str:
    """The constraints in force in one line."""
    rules = question.rules
    parts = [
        BLOCKS[question.granularity].lower() + " move as one",
        f"at most {count(rules.most_schools, 'school')} a person" if rules.most_schools is not None else "",
        f"at most {rules.schools_per_day} on a day" if rules.schools_per_day is not None else "",
        "base schools stay" if rules.base_school else "",
        f"{count(len(rules.never_move), 'student')} stay with their therapist" if rules.never_move else "",
        f"{count(len(rules.keep_together), 'set')} of blocks stay together" if rules.keep_together else "",
        f"{count(len(rules.not_allowed), 'pair')} of person and school not allowed" if rules.not_allowed else "",
        "work that has nobody is given out" if question.include_unassigned else "",
        "limits hold for today, too" if rules.strict else "",
    ]
    return "In force: " + "; ".join(part for part in parts if part) + "."


def _together(answer: Answer, granularity: str, unassigned: bool) -> tuple[tuple[int, ...], ...]:
    """Sets of blocks that one person serves."""
    key = cached.digest(session.answer_key(), granularity, unassigned)
    blocks = cached.drawn("blocks", key, partial(blocks_of, answer, granularity, unassigned))
    names = cached.drawn("block_names", key, lambda: [block_name(blocks, at) for at in range(len(blocks.label))])
    record = session.record(RebalanceRecord)
    made = record.together if record.together_key == key else ()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.multiselect(
            "Keep with one person (at least two blocks)",
            list(range(len(blocks.label))),
            format_func=names.__getitem__,
            placeholder="Choose blocks",
            key=f"together_{key[:8]}_{len(made)}",
            width="stretch",
        )
        st.button("Keep these together", key="together_add", on_click=_keep, args=(key, made))
    for at, some in enumerate(made):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(safe("Together: " + "; ".join(block_name(blocks, one) for one in some), 600), width="content")
            st.button("Let go", key=f"together_drop_{at}", type="tertiary", on_click=_let_go, args=(key, made, at))
    return made


def block_name(blocks, at: int) -> str:
    """A block in a list: its school, its group or class, and its number, as two can be called the same."""
    return plain(f"{blocks.label[at]} (block {at + 1})")


def _keep(key: str, made: tuple) -> None:
    chosen = tuple(session.chosen(f"together_{key[:8]}_{len(made)}") or ())
    if len(chosen) > 1:
        session.change(RebalanceRecord, together_key=key, together=(*made, chosen))


def _let_go(key: str, made: tuple, at: int) -> None:
    session.change(RebalanceRecord, together_key=key, together=made[:at] + made[at + 1 :])


def _barred(answer: Answer, labels: Labels) -> frozenset[tuple[int, str]]:
    """(therapist, school) pairs that may not be."""
    people = {code: label_of(answer, labels, code) for code in able(answer)}
    schools = [name for name in answer.demand.schools if name != NO_SCHOOL]
    made = tuple(pair for pair in session.record(RebalanceRecord).barred if pair[0] in people and pair[1] in schools)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        posts_in_order.choose("Not this person", people, f"barred_who_{len(made)}", width=200)
        st.selectbox(
            "Not at this school",
            schools,
            None,
            format_func=school_names(answer).__getitem__,
            placeholder="Choose",
            key=f"barred_where_{len(made)}",
            width=280,
            help="No license for it, or a reason that the district has.",
        )
        st.button("Not there", key="barred_add", on_click=_bar, args=(made,))
    for at, (code, school) in enumerate(made):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(safe(f"{people[code]} not at {school}"), width="content")
            st.button("Allow", key=f"barred_drop_{at}", type="tertiary", on_click=_allow, args=(made, at))
    return frozenset(made)


def _bar(made: tuple) -> None:
    pair = (session.chosen(f"barred_who_{len(made)}"), session.chosen(f"barred_where_{len(made)}"))
    if None not in pair:
        session.record(RebalanceRecord).barred = tuple(dict.fromkeys((*made, pair)))


def _allow(made: tuple, at: int) -> None:
    session.record(RebalanceRecord).barred = made[:at] + made[at + 1 :]


def _weights() -> Weights:
    """What counts how much."""
    chosen, start = {}, Weights()
    with st.expander("What counts how much"):
        st.caption(
            "One point is one hour of travel a week. These are choices of this tool, no research: change them and see whether the "
            "proposal stays."
        )
        with st.grid(4, min_column_width=150, vertical_alignment="bottom"):
            for one in fields(Weights):
                label, help = WEIGHT_LABELS[one.name]
                chosen[one.name] = float(
                    st.number_input(
                        label,
                        0.0,
                        1_000.0,
                        getattr(start, one.name),
                        format="%g",
                        key=f"weight_{one.name}",
                        persist_state="session",
                        help=help,
                    )
                )
    return Weights(**chosen)


def loosen_words(constraints) -> list[str]:
    """For each constraint of a conflict, what it says and what could be loosened."""
    chosen = [CONSTRAINTS[name] for name in constraints]
    return [f"{one.said[:1].upper()}{one.said[1:]}. To loosen it: {one.loosen}." for one in chosen]
