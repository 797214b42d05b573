"""Every section by its code. A section is a function of a telling; what has nothing to say gives none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from workload.report.audience import FIRST_PAGE
from workload.report.sections import (
    ask_sections,
    case_sections,
    check_sections,
    gauge_section,
    money_sections,
    people_sections,
    reader_sections,
)
from workload.report.sections.page_blocks import Section
from workload.report.sections.slide_titles import finding_of
from workload.report.sections.telling import Sentence, Telling

Tells = Callable[[Telling], Section | None]
SECTIONS: Mapping[str, Tells] = MappingProxyType(
    {
        "decision": ask_sections.decision,
        "options": ask_sections.options,
        "motion": ask_sections.motion,
        "waiting": ask_sections.waiting,
        "steps": ask_sections.steps,
        "pair": case_sections.pair,
        "bridge": case_sections.bridge,
        "hours": case_sections.hours,
        "schools": case_sections.schools,
        "influence": case_sections.influence,
        "standing": check_sections.standing,
        "counted": check_sections.counted,
        "limits": check_sections.limits,
        "glossary": check_sections.glossary,
        "school_table": check_sections.school_table,
        "assumptions": check_sections.assumptions,
        "methods": check_sections.methods,
        "gauges": gauge_section.gauge_section,
        "questions": check_sections.questions,
        "checks": check_sections.checks,
        "money": money_sections.money,
        "way": money_sections.way,
        "turnover": money_sections.turnover,
        "overfull": people_sections.overfull,
        "agreement": people_sections.agreement,
        "planning": people_sections.planning,
        "unpaid": people_sections.unpaid,
        "law": people_sections.law,
        "money_law": people_sections.money_law,
        "outcomes": people_sections.outcomes,
        "risks": reader_sections.risks,
        "timeline": reader_sections.timeline,
        "talking": reader_sections.talking,
        "plain_what": reader_sections.plain_what,
        "plain_child": reader_sections.plain_child,
        "plain_ask": reader_sections.plain_ask,
        "press": reader_sections.press,
        "own_week": reader_sections.own_week,
        "own_check": reader_sections.own_check,
        "team_check": reader_sections.team_check,
    }
)


def sections_of(tell: Telling, codes: Iterable[str]) -> list[Section]:
    """The sections of some codes that have something to say, in their order, each with its finding."""
    made = (_section(tell, code) for code in codes if code != FIRST_PAGE)
    told = [section for section in made if section is not None and section.blocks]
    return [replace(section, finding=finding_of(tell, section)) for section in told]


def _section(tell: Telling, code: str) -> Section | None:
    """One section, made once for all documents that hold it; what it says is said each time."""
    made, said = tell.once(SECTIONS_SAID[code])
    tell.spoken.update(said)
    return made


def _saying(make: Tells) -> Callable[[Telling], tuple[Section | None, dict[str, Sentence]]]:
    """`make` with the sentences that it says."""

    def both(tell: Telling) -> tuple[Section | None, dict[str, Sentence]]:
        before = dict(tell.spoken)
        tell.spoken.clear()
        made = make(tell)
        said = dict(tell.spoken)
        tell.spoken.clear()
        tell.spoken.update(before)
        return made, said

    return both


SECTIONS_SAID = {code: _saying(make) for code, make in SECTIONS.items()}


def pages_of(tell: Telling, codes: tuple[str, ...]) -> tuple[list[Section], list[Section]]:
    """(the sections of page one, the others)."""
    at = codes.index(FIRST_PAGE) if FIRST_PAGE in codes else len(codes)
    return sections_of(tell, codes[:at]), sections_of(tell, codes[at:])
