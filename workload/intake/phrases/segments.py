"""Several services in one cell: where to cut, and which statements repeat each other."""

from __future__ import annotations

from workload.intake.phrases.meanings import Part, PhraseContext
from workload.intake.phrases.numbers import resolve_numbers
from workload.intake.phrases.one_service import GLUE, read_service
from workload.intake.phrases.questions import Asker, FirstChoice, Unreadable, ask_or_leave
from workload.intake.phrases.tokens import Token

MINUTES_KINDS = frozenset({"AMOUNT", "CROSS", "TRIPLE", "PAIR", "NUM", "CLOCK"})
SEPARATORS = frozenset({"SEP", "AND", "DASH"})  # not "or" and "/": those do not add services
MOST_SERVICES = 4
STRONG = (";", "|", "and", "+", "&", "plus")
SERVICE_KINDS = (
    GLUE
    | MINUTES_KINDS
    | {
        "COUNT",
        "PERIOD",
        "BIPERIOD",
        "CYCLE_PERIOD",
        "MARKING",
        "DELIVERY",
        "GROUP",
        "SIZE",
        "RATIO",
        "EQ",
        "IN",
        "SEP",
        "AND",
        "DASH",
        "SESSION",
    }
)


def probe(items: list[Token]) -> None:
    """Raises ``Unreadable`` when the items cannot be read whatever the answers are."""
    read_services([item for item in items if item.kind in SERVICE_KINDS], FirstChoice(PhraseContext(), ""))


def read_services(items: list[Token], asker: Asker) -> list[Part]:
    """The services of a cell without leftovers. Raises ``Unreadable`` when its numbers form none."""
    segments = _segments(items)
    if len(segments) == 1:
        return _one_or_two(items, asker)
    if not _of_two_kinds(segments):
        ask_or_leave(
            asker,
            "two-services",
            f"The cell holds {len(segments)} services. Should each of them count?",
            {"both": "Count each of them"},
        )
    return [read_service(segment, asker, _inherited(segments, place)) for place, segment in enumerate(segments)]


def _of_two_kinds(segments: list[list[Token]]) -> bool:
    """Direct and consult, each with its own period: "30 min/wk direct; 15 min/mo consult" can mean nothing else."""
    kinds = [
        {item.name or item.raw for item in segment if item.kind == "DELIVERY" or item.raw == "direct"}
        for segment in segments
    ]
    consult = [kind == {"consult"} for kind in kinds]
    timed = all(any(item.kind == "PERIOD" for item in segment) for segment in segments)
    return timed and all(kinds) and sum(consult) == 1 and len(segments) == 2


def _one_or_two(items: list[Token], asker: Asker) -> list[Part]:
    """A pair such as 30/60 can turn out to be two services only when it has been answered."""
    resolved = resolve_numbers(items, asker)
    place = next((index for index, item in enumerate(resolved) if item.kind == "SEP" and item.raw == "+"), None)
    if place is None:
        return [read_service(resolved, asker)]
    halves = [resolved[:place], resolved[place + 1 :]]
    return [read_service(half, asker, _inherited(halves, index)) for index, half in enumerate(halves)]


def _inherited(segments: list[list[Token]], place: int) -> Token | None:
    """The period of the nearest service that has one, later ones first: "30 ind + 30 grp weekly"."""
    for segment in (*segments[place + 1 :], *reversed(segments[:place])):
        for item in segment:
            if item.kind == "PERIOD":
                return item
    return None


def _segments(items: list[Token]) -> list[list[Token]]:
    """The services of a cell: as many as there are amounts that do not restate each other."""
    amounts = [place for place, item in enumerate(items) if item.kind in MINUTES_KINDS]
    if len(amounts) < 2 or any(item.kind == "EQ" for item in items) or _restates(items, amounts):
        return [items]
    split = _split(items) if len(amounts) <= MOST_SERVICES else None
    if split is None:
        raise Unreadable
    return split


def _restates(items: list[Token], amounts: list[int]) -> bool:
    """60 min a week in 30 min sessions; 60 min a week (2 x 30): one service, said twice."""
    if len(amounts) != 2:
        return False
    first, second = (items[place] for place in amounts)
    between = {item.kind for item in items[amounts[0] + 1 : amounts[1]]}
    tail = {item.kind for item in items[amounts[1] + 1 :]}
    marked = [item for item in (first, second) if item.each or item.kind == "CROSS"]
    if len(marked) != 1 or not (between & {"IN", "OPEN"} or not between & SEPARATORS or first.total or second.total):
        return _per_session(first, second, between | tail)
    return True


def _per_session(first: Token, second: Token, others: set[str]) -> bool:
    """60 min a week, 30 min per session: the second has no sessions and no period of its own."""
    return second.each and second.name == "sessions" and not first.each and "COUNT" not in others


def _split(items: list[Token]) -> list[list[Token]] | None:
    """Cut at separators so that every piece has one amount, at most one count and one period."""
    if sum(item.kind in MINUTES_KINDS for item in items) == 1:
        return [items] if _single(items) else None
    places = [place for place, item in enumerate(items) if item.kind in SEPARATORS]
    for place in sorted(places, key=lambda place: (items[place].raw not in STRONG, place)):
        left, right = items[:place], items[place + 1 :]
        if not _single(left):
            continue
        rest = _split(right)
        if rest is not None:
            return [left, *rest]
    return None


def _single(items: list[Token]) -> bool:
    kinds = [item.kind for item in items]
    periods = sum(kinds.count(kind) for kind in ("PERIOD", "BIPERIOD", "MARKING", "CYCLE_PERIOD"))
    return (
        sum(kind in MINUTES_KINDS for kind in kinds) == 1
        and kinds.count("COUNT") <= 1
        and periods <= 1
        and kinds.count("RATIO") + kinds.count("SIZE") <= 1
    )
