"""Every section by its code. A section is a function of a telling; what has nothing to say gives none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from workload.report.audience import FIRST_PAGE
from workload.report.sections import (
    ask_sections,
    case_sections,
    check_sections,
    money_sections,
    people_sections,
    reader_sections,
)
from workload.report.sections.blocks import Section
from workload.report.sections.telling import Telling

Tells = Callable[[Telling], Section | None]
IN_MODULES = {
    ask_sections: ("decision", "options", "motion", "waiting", "steps"),
    case_sections: ("pair", "bridge", "hours", "schools", "influence"),
    check_sections: ("standing", "counted", "limits", "glossary", "school_table", "assumptions", "methods", "questions")
    + ("checks",),
    money_sections: ("money", "way", "turnover"),
    people_sections: ("overfull", "agreement", "planning", "unpaid", "law", "outcomes"),
    reader_sections: ("risks", "timeline", "talking", "plain_what", "plain_child", "plain_ask", "press", "own_week")
    + ("own_check", "team_check"),
}
SECTIONS: Mapping[str, Tells] = MappingProxyType(
    {code: getattr(module, code) for module, codes in IN_MODULES.items() for code in codes}
)


def sections_of(tell: Telling, codes: Iterable[str]) -> list[Section]:
    """The sections of some codes that have something to say, in their order."""
    made = (SECTIONS[code](tell) for code in codes if code != FIRST_PAGE)
    return [section for section in made if section is not None and section.blocks]


def pages_of(tell: Telling, codes: tuple[str, ...]) -> tuple[list[Section], list[Section]]:
    """(the sections of page one, the others)."""
    at = codes.index(FIRST_PAGE) if FIRST_PAGE in codes else len(codes)
    return sections_of(tell, codes[:at]), sections_of(tell, codes[at:])
