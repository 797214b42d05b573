"""Which column of a sheet is which: words and values together, one clear winner or a question, never by position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from workload.intake.columns.fitting import CONTRADICTS, fit
from workload.intake.columns.heading_meaning import ALL_WORDS, AMOUNTS, WHOLE_NAME, Candidate, candidates, said
from workload.intake.columns.heading_words import facts_of
from workload.intake.columns.looks import MOST, SOME, Look
from workload.intake.phrases.phrase_reader import read_phrase
from workload.intake.rows.cells import shown
from workload.model.columns import SERVICES, Table, normalized

MARK = "mark"  # the unit of a column whose heading is the amount and whose cells are marks
VALUES_COUNT = 4.0  # points that values which say it themselves give to a reading
SHOWN_NOWHERE = ("id", "name", "text", "school", "therapist")  # kinds whose values are never part of a sentence
CLEAR = 1.0  # points by which the best of two columns must lead to be read without a question
NAMED_AMONG_SERVICES = 2.0  # points of a column that names OT where others name speech or PT
# What becomes of a column.
READ = "read"
OTHER_SERVICE = "other-service"
DELIVERED = "delivered"
PERSONAL = "personal"
UNNEEDED = "not-needed"
REPEATS = "repeats"
SECOND = "another-was-read"
ASKED = "asked"
UNKNOWN = "not-understood"
EMPTY = "empty"
LEFT_OUT = "left-out"
TOTAL_OF = "total-of-others"
CEILING = "ceiling"
FATE_WORDS = {
    CEILING: "a ceiling (the most there may be), which is not a size and is not counted",
    OTHER_SERVICE: "about another service",
    DELIVERED: "about what was delivered, not about what is promised",
    PERSONAL: "personal data that is never read",
    UNNEEDED: "not needed for the workload",
    REPEATS: "the same as a column that is read",
    SECOND: "another column says the same more clearly",
    ASKED: "not understood; it may matter, so it is asked",
    UNKNOWN: "not understood",
    EMPTY: "empty",
    LEFT_OUT: "left out, as answered",
    TOTAL_OF: "the total of other columns",
}
BOTH = "both"
EXACT, BY_WORDS, BY_VALUES, BY_NEIGHBORS, BY_PERSON = (
    "exact alias",
    "by its words",
    "by its values",
    "by its neighbors",
    "your answer",
)
BARE_NUMBER_CHOICES = (
    ("minutes_per_week", "Minutes a week"),
    ("minutes_per_month", "Minutes a month"),
    ("minutes_per_year", "Minutes a year"),
    ("", "Do not read this column"),
)
# Known names of these are used for other things as well, so that values may say no.
TOLD_BY_VALUES = AMOUNTS | {
    "plan",
    "delivery",
    "esy",
    "therapist",
    "setting",
    "service",
    "group_id",
    "group_size",
    "status",
    "term",
    "role",
}
# Of several columns that say the same of one thing, the words that make one of them the better: more is better.
PREFERRED: Mapping[str, tuple[tuple[str, float], ...]] = {
    "school": (
        ("serving", 3.0),
        ("attending", 3.0),
        ("service", 2.0),
        ("home", -3.0),
        ("resident", -3.0),
        ("district", -3.0),
        ("location", -4.0),
        ("setting", -4.0),
        ("place", -4.0),
        ("id", -1.0),
    ),
    "student_id": (("student id", 1.0), ("local", 0.5), ("state", -0.5)),
    "region": (("region", 3.0), ("area", 3.0), ("zone", 3.0), ("cluster", 3.0), ("district", 1.5)),
    "student_name": (("full", 2.0),),
    "therapist": (
        ("previous", -4.0),
        ("backup", -3.0),
        ("supervis", -4.0),
        ("referr", -4.0),
        ("second", -3.0),
        ("id", -2.5),
        ("number", -2.5),
        ("email", -4.0),
    ),
    "start": (("service", 1.5), ("iep", -1.5)),
    "end": (("service", 1.5), ("iep", -1.5)),
    "iep_date": (("next", 2.0), ("due", 2.0), ("last", -3.0), ("start", -2.0)),
    "reeval_date": (("next", 2.0), ("due", 2.0), ("last", -3.0)),
    "status": (("service", 1.5), ("ot ", 2.0), ("sped", 0.5), ("student", 0.5)),
}


@dataclass(frozen=True)
class OpenColumn:
    """Columns whose meaning only a person can tell: what each could be, as (choice, label), and what looks right."""

    heading: str
    index: int
    message: str
    choices: tuple[tuple[str, str], ...]
    samples: tuple[str, ...] = ()
    about: str = ""  # "": one column; else the column that several headings claim
    suggestion: str = ""
    indexes: tuple[int, ...] = ()
    applied: str = ""  # the reading that stands until somebody answers


@dataclass(frozen=True)
class Settled:
    """One column that is read: what it is, how that is known, and what else it could have been."""

    candidate: Candidate
    sure: str
    others: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.candidate.name


@dataclass(frozen=True, eq=False)
class Decided:
    """Every column of a sheet: read, asked about, or left aside with the reason."""

    columns: Mapping[int, Settled]
    open_columns: tuple[OpenColumn, ...] = ()
    fates: Mapping[int, str] = field(default_factory=dict)


def decide(
    table: Table,
    headings: Sequence[str],
    looks: Mapping[int, Look],
    personal: frozenset[int] = frozenset(),
    given: Mapping[int, Settled | None] | None = None,
    chosen: Mapping[str, str] | None = None,
    unneeded: frozenset[int] = frozenset(),
) -> Decided:
    """The reading of the columns of one table.

    headings  of every column, "" where there is none, each of them once (a second "Minutes" is "Minutes (2)")
    looks     what the values of each column look like
    personal  columns that are never read
    given     what is settled already, by a person or by a known report; None leaves a column out
    chosen    canonical column -> heading, where a person has chosen between several
    unneeded  columns of a known report that say nothing about the workload
    """
    given = dict(given or {})
    fates = dict.fromkeys(personal, PERSONAL)
    fates |= {index: READ if settled else LEFT_OUT for index, settled in given.items()}
    settled = {index: each for index, each in given.items() if each}
    taken = {each.candidate.slot for each in settled.values()}
    wide = table is SERVICES and any(said(heading).other_service or said(heading).whole_school for heading in headings)
    offers: dict[int, list[tuple[float, Candidate]]] = {}
    for index, heading in enumerate(headings):
        if not heading or index in fates:
            continue
        ranked = _ranked(table, heading, looks[index], wide)
        ranked = [(points, each) for points, each in ranked if each.slot not in taken]
        if ranked:
            offers[index] = ranked
    if table is SERVICES:
        for index in _marks(headings, looks, fates):
            settled[index] = Settled(Candidate("frequency_text", ALL_WORDS, "", unit=MARK), BY_VALUES)
            fates[index] = READ
            offers.pop(index, None)
    open_columns: list[OpenColumn] = []
    _assign(table, headings, looks, offers, settled, fates, open_columns, chosen or {})
    if table is SERVICES:
        _due_of_nothing(headings, settled, fates)
        _second_delivery(headings, looks, settled, fates, open_columns, chosen or {})
        _amounts_by_neighbors(headings, looks, settled, fates, open_columns, given)
        _totals_of_kinds(headings, looks, settled, fates)
    for index, heading in enumerate(headings):
        if index not in fates:
            fates[index] = UNNEEDED if index in unneeded else _left(table, heading, looks[index])
    return Decided(settled, tuple(open_columns), fates)


def _marks(headings: Sequence[str], looks: Mapping[int, Look], fates: Mapping[int, str]) -> list[int]:
    """Columns whose headings are amounts ("30 min/wk") and whose cells are marks; beside them kinds ("Consult", X)."""
    marked = [
        index
        for index, heading in enumerate(headings)
        if heading and index not in fates and looks[index].values and looks[index].flags > MOST
    ]
    amounts = [index for index in marked if read_phrase(headings[index]).grade in ("A", "B")]
    kinds = [
        index
        for index in marked
        if {each.kind for each in candidates("services", headings[index])} & {"consult", "group"}
    ]
    return sorted({*amounts, *kinds}) if amounts else []


def _ranked(table: Table, heading: str, look: Look, wide: bool) -> list[tuple[float, Candidate]]:
    """What a column may be with its points by words and by values, best first; contradicted readings are out."""
    found = []
    for each in candidates(table.name, _without_number(heading)):
        fits = fit(each.name, table.column(each.name).kind, look)
        if fits <= CONTRADICTS:
            if not _is_canonical(table, each.name, heading) and (
                each.points < WHOLE_NAME or each.name in TOLD_BY_VALUES
            ):
                continue
            fits = -0.5  # its own name says it whatever stands there; what cannot be read is told cell by cell
        points = each.points + VALUES_COUNT * fits + _preferred(each.name, heading)
        if wide and said(heading).is_ot:
            points += NAMED_AMONG_SERVICES
        found.append((points, each))
    return sorted(found, key=lambda pair: -pair[0])


def _is_canonical(table: Table, name: str, heading: str) -> bool:
    """Whether the heading is the column's own name or its label in the template."""
    return name != "plan" and normalized(heading) in (normalized(name), normalized(table.column(name).label))


def _without_number(heading: str) -> str:
    """A second column of one heading is read like the first."""
    head, _, tail = heading.rpartition(" (")
    return head if tail[:-1].isdigit() and tail.endswith(")") else heading


def _preferred(name: str, heading: str) -> float:
    text = f"{normalized(heading)} "
    return sum(points for word, points in PREFERRED.get(name, ()) if word in text)


def _assign(table: Table, headings, looks, offers, settled, fates, open_columns, chosen: Mapping[str, str]) -> None:
    """Give each slot to its one clear winner; best offers first, so that no order of columns decides."""
    while offers:
        best = max(ranked[0][0] for ranked in offers.values())
        slot = min(ranked[0][1].slot for ranked in offers.values() if ranked[0][0] == best)
        rivals = sorted(
            ((ranked[0][0], index) for index, ranked in offers.items() if ranked[0][1].slot == slot), reverse=True
        )
        name = slot[0]
        if name in chosen and any(headings[index] == chosen[name] for _, index in rivals):
            winner = next(index for _, index in rivals if headings[index] == chosen[name])
            _take(winner, offers, settled, fates, BY_PERSON)
            _pass_on(slot, offers, fates, LEFT_OUT)
            continue
        top, winner = rivals[0]
        near = [index for points, index in rivals if top - points < CLEAR]
        if len(near) > 1:
            near.sort()
            same = all(_says_the_same(name, looks[index], looks[near[0]]) for index in near)
            moved = [index for index in near if _has_other(offers[index], top)]
            if same:
                winner = near[0]
            elif moved and len(near) - len(moved) == 1:
                winner = next(index for index in near if index not in moved)
            else:
                open_columns.append(_which_of(table, name, near, headings, looks, offers))
                for index in near:
                    fates[index] = ASKED
                    del offers[index]
                _pass_on(slot, offers, fates, SECOND)
                continue
        _take(winner, offers, settled, fates, "")
        for index in list(offers):
            if offers[index][0][1].slot == slot and _says_the_same(name, looks[index], looks[winner]):
                fates[index] = REPEATS
                del offers[index]
        _pass_on(slot, offers, fates, SECOND)


def _take(index: int, offers, settled, fates, sure: str) -> None:
    points, candidate = offers[index][0]
    others = tuple(each.name for _, each in offers[index][1:4])
    how = sure or (EXACT if candidate.points >= WHOLE_NAME else BY_WORDS)
    settled[index] = Settled(candidate, how, others)
    fates[index] = READ
    del offers[index]


def _pass_on(slot, offers, fates, fate: str) -> None:
    """A column whose reading is taken may be its next one, where that one is said nearly as well."""
    for index in list(offers):
        first = offers[index][0][0]
        lost = offers[index][0][1].slot == slot
        offers[index] = [(points, each) for points, each in offers[index] if each.slot != slot]
        if not offers[index]:
            del offers[index]
            if lost:
                fates[index] = fate
        elif lost and first - offers[index][0][0] > VALUES_COUNT:
            del offers[index]
            fates[index] = fate


def _has_other(ranked, top: float) -> bool:
    """Whether a column has a second reading that is nearly as good."""
    return len(ranked) > 1 and top - ranked[1][0] < CLEAR


def _says_the_same(name: str, look: Look, other: Look) -> bool:
    """Whether two columns give the same values; of ids, whether they tell the same rows apart."""
    if name == "student_id" and look.filled == other.filled and len(look.values) == len(other.values):
        return True
    return look.values == other.values and look.filled == other.filled


def _which_of(table: Table, name: str, near: Sequence[int], headings, looks, offers) -> OpenColumn:
    """Two or more columns that may each be the one: a question with three values of each."""
    personal = table.column(name).kind in SHOWN_NOWHERE
    label = table.column(name).label
    choices = tuple(
        (
            headings[index],
            f"{headings[index]}"
            + (
                ""
                if personal or not looks[index].values
                else f" ({', '.join(shown(value) for value in looks[index].values[:3])})"
            ),
        )
        for index in near
    )
    best = max(near, key=lambda index: offers[index][0][0])
    return OpenColumn(
        " / ".join(headings[index] for index in near),
        near[0],
        f'{len(near)} columns may each be "{label}". Which one should be read?',
        (*choices, ("", "None of them")),
        (),
        name,
        headings[best],
        tuple(near),
    )


def _due_of_nothing(headings, settled, fates) -> None:
    """A bare "Due" is the due date of owed minutes only where minutes are owed."""
    if any(each.name == "compensatory_minutes" for each in settled.values()):
        return
    for index, each in list(settled.items()):
        if each.name == "compensatory_due" and normalized(headings[index]) in ("due", "due date"):
            del settled[index], fates[index]


def _second_delivery(headings, looks, settled, fates, open_columns, chosen: Mapping[str, str]) -> None:
    """ "Service Type" (Direct, Consult) beside "Delivery" (Individual, Group): both are read, and asked."""
    first = next((index for index, each in settled.items() if each.name == "delivery"), None)
    if first is None or chosen.get("delivery", BOTH) != BOTH:
        return
    for index, fate in list(fates.items()):
        if (
            fate == SECOND
            and looks[index].deliveries > SOME
            and any(each.name == "delivery" for each in candidates("services", _without_number(headings[index])))
        ):
            settled[index] = Settled(Candidate("delivery", 0.0, "", kind="second"), BY_VALUES)
            fates[index] = READ
            if "delivery" not in chosen:
                open_columns.append(
                    OpenColumn(
                        f"{headings[first]} / {headings[index]}",
                        index,
                        f"{headings[first]} and {headings[index]} both say how the service is given.",
                        (
                            (BOTH, "Consult where either says so, else the first"),
                            (headings[first], headings[first]),
                            (headings[index], headings[index]),
                        ),
                        _samples(looks[index]),
                        "delivery",
                        BOTH,
                        (first, index),
                        BOTH,
                    )
                )
            return


# --- amounts: what neighbors say -------------------------------------------------------------------------


def _is_bare(heading: str) -> bool:
    """Minutes, time or amount without a word about what they are minutes of."""
    facts = frozenset().union(*facts_of(_without_number(heading)))
    return not facts & {"session"} and not ("length" in facts and "minutes" in facts)


def _amounts_by_neighbors(headings, looks, settled, fates, open_columns, given) -> None:
    """Bare minutes are those of a session beside sessions or a period, and a question where they stand alone.

    A number under "Frequency" without minutes beside it may be minutes; a small one without a unit may be hours.
    """
    names = {each.name for each in settled.values()}
    if not names & {"minutes_per_session", "direct_minutes", "indirect_minutes", "minutes_per_period"}:
        _lone_frequency(headings, looks, settled, names)
    for index, each in list(settled.items()):
        if (
            each.name == "sessions"
            and "frequency" in frozenset().union(*facts_of(headings[index]))
            and index not in given
        ):
            settled[index] = replace(each, sure=BY_NEIGHBORS)
    for index in [
        index for index, each in settled.items() if each.name == "minutes_per_session" and index not in given
    ]:
        heading, each = headings[index], settled[index]
        if not _is_bare(heading) or not looks[index].values:
            continue
        others = {
            other.name
            for at, other in settled.items()
            if at != index and other.candidate.kind in ("", each.candidate.kind)
        }
        numbers = looks[index].numbers
        if numbers and max(numbers) <= 8 and any(number % 1 for number in numbers) and each.candidate.unit != "minutes":
            _ask_unit(index, heading, looks, settled, fates, open_columns)
        elif others & {"sessions", "period", "frequency_text"}:
            settled[index] = replace(each, sure=BY_NEIGHBORS)
        elif looks[index].lengths > MOST or not others & AMOUNTS:
            _ask_period(index, heading, looks, settled, fates, open_columns)
        else:
            del settled[index]
            fates[index] = SECOND


def _lone_frequency(headings, looks, settled, names) -> None:
    if names & {"minutes_per_week", "minutes_per_month", "minutes_per_year", "hours_per_week", "frequency_text"}:
        return
    for index, each in list(settled.items()):
        if each.name == "sessions" and "frequency" in normalized(headings[index]) and looks[index].looks_like_minutes:
            settled[index] = Settled(replace(each.candidate, name="minutes_per_session"), BY_VALUES)


def _ask_unit(index, heading, looks, settled, fates, open_columns) -> None:
    del settled[index]
    fates[index] = ASKED
    open_columns.append(
        OpenColumn(
            heading,
            index,
            "The values look like hours, and the heading does not say of which period.",
            (("hours_per_week", "Hours a week"), ("", "Do not read this column")),
            _samples(looks[index]),
        )
    )


def _ask_period(index, heading, looks, settled, fates, open_columns) -> None:
    kind = settled[index].candidate.kind
    del settled[index]
    fates[index] = ASKED
    choices = (
        BARE_NUMBER_CHOICES
        if not kind
        else tuple((f"{name}@{kind}" if name else "", label) for name, label in BARE_NUMBER_CHOICES)
    )
    open_columns.append(
        OpenColumn(
            heading,
            index,
            "The heading does not say whether these are minutes a week, a month or a year.",
            choices,
            _samples(looks[index]),
        )
    )


def _samples(look: Look) -> tuple[str, ...]:
    return tuple(shown(value) for value in look.values[:3])


def _totals_of_kinds(headings, looks, settled, fates) -> None:
    """A column of minutes in all beside columns of its kinds is their total, and counts nothing more."""
    kinds = {
        each.candidate.kind
        for each in settled.values()
        if each.name in AMOUNTS and each.candidate.kind and each.name not in ("frequency_text", "period")
    }
    if len(kinds) < 2:
        return
    for index, each in list(settled.items()):
        if (
            each.name in AMOUNTS
            and each.name.startswith(("minutes_per_", "hours_per_"))
            and not each.candidate.kind
            and ("total" in normalized(headings[index]))
        ):
            del settled[index]
            fates[index] = TOTAL_OF


# --- what is left ---------------------------------------------------------------------------------------


def _left(table: Table, heading: str, look: Look) -> str:
    """The fate of a column that no reading has taken."""
    if not look.values:
        return EMPTY
    if heading:
        about = said(heading)
        if table is SERVICES and about.limit:
            return CEILING
        if table is SERVICES and (about.other_service or about.whole_school):
            return OTHER_SERVICE
        if about.delivered:
            return DELIVERED
        if about.unneeded and not (look.phrases > MOST or look.counts > MOST or look.states > MOST):
            return UNNEEDED
    return ASKED if table is SERVICES and matters(look) else UNKNOWN


def matters(look: Look) -> bool:
    """Whether values look like something that moves an answer: amounts, states, dates, people, schools, services."""
    return (
        look.looks_like_minutes
        or look.phrases > SOME
        or look.counts > SOME
        or look.lengths > MOST
        or look.states > MOST
        or look.dates > MOST
        or look.people > MOST
        or look.schools > MOST
        or look.disciplines > MOST
    )
