"""What each section finds, in a line: the title of its slide. The topic stands small above it.

A finding is said like any other sentence, so a district can word it; its numbers are those of the section's own blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from workload.model.parameters import parameters
from workload.model.school_year import school_year
from workload.model.words import EVEN_FTE, shown
from workload.premises.records import ASSUMED, OPEN
from workload.report.ask import shortest
from workload.report.lengths import LONGEST_NAME, LONGEST_SCHOOL, shorter
from workload.report.sections.ask_sections import owed_ends, risk_words
from workload.report.sections.case_sections import influence_words, told_pair, two_schools
from workload.report.sections.page_blocks import Bullets, Section, Table
from workload.report.sections.telling import Telling
from workload.staffing.delivered.compliance import compliance

OURS = "wisn-itemized"
LONGEST_STEP = 100  # letters of a first step that still is a title


def finding_of(tell: Telling, section: Section) -> str:
    """The finding of a section; nothing for one that is told under its topic alone.

    A sentence that is one is a title without its period, as titles are; of two sentences both keep theirs.
    """
    made = FINDINGS.get(section.code)
    said = "" if made is None or section.thin else made(tell, section)
    return said.removesuffix(".") if ". " not in said else said


def _pair(tell: Telling, _: Section) -> str:
    if (found := told_pair(tell)) is not None:
        return tell.posts("finding.pair", **found[1])
    schools = tell.view.once(two_schools)
    if schools is None:
        return tell.say("finding.pair_example")
    counts = dict(zip(tell.view.schools["school"], tell.view.schools["caseload"], strict=True))
    few, many = (shown(counts[one], 0) for one in (schools.heavier, schools.lighter))
    names = {"heavier": shorter(schools.heavier, LONGEST_SCHOOL), "lighter": shorter(schools.lighter, LONGEST_SCHOOL)}
    return tell.say("finding.pair_schools", few=few, many=many, **names)


def _bridge(tell: Telling, _: Section) -> str:
    row = tell.view.district
    gap = row["gap_fte"]
    if not row["available_fte"] and row["contracted_fte"]:
        return tell.posts("finding.bridge_leave", required=tell.fte(row["required_fte"]))
    kind = "even" if abs(gap) < EVEN_FTE else "short" if gap < 0 else "room"
    return tell.posts(
        "finding.bridge",
        required=tell.fte(row["required_fte"]),
        available=tell.fte(row["available_fte"]),
        gap=tell.word(f"late.{kind}", fte=tell.fte(abs(gap))),
    )


def _options(tell: Telling, section: Section) -> str:
    best = tell.recommended
    if best is None and not tell.ask.fte:
        return tell.say("finding.options_none")
    name = tell.word("word.the_ask") if best is None else shorter(best.name, 60)
    table = next(block for block in section.blocks if isinstance(block, Table))
    after = next((row[2] for at, row in enumerate(table.rows) if at in table.strong), "–")
    if after in ("–", tell.word("word.not_shown")):
        return tell.posts("finding.options_plain", name=name)
    return tell.posts("finding.options", name=name, gap=after)


def _schools(tell: Telling, section: Section) -> str:
    rows = shortest(tell.view)
    if rows.empty:
        return next(block.lines[0] for block in section.blocks if isinstance(block, Bullets))
    most = rows.iloc[0]
    return tell.posts("finding.schools", school=shorter(most["school"], LONGEST_SCHOOL), fte=tell.fte(-most["gap_fte"]))


def _exposure(tell: Telling) -> str:
    view, row = tell.view, tell.view.district
    if not view.risk_told or view.risk_below_a_step or row["student_minutes_at_risk"] < 1:
        return risk_words(tell)
    return tell.posts("finding.exposure", minutes=view.gate.about_words(row["student_minutes_at_risk"]))


def _waiting(tell: Telling, _: Section) -> str:
    ends = owed_ends(tell)
    if ends is None:
        return _exposure(tell)
    low, high = ends
    return (
        tell.posts("finding.owed_one", minutes=high) if low is None else tell.posts("finding.owed", low=low, high=high)
    )


def _risks(tell: Telling, _: Section) -> str:
    waits = sum(one.state in (OPEN, ASSUMED) for one in tell.premises)
    return tell.say("finding.risks", n=waits) if waits else _exposure(tell)


def _timeline(tell: Telling, _: Section) -> str:
    if tell.start and tell.ask.fte:
        return tell.say("finding.needed", day=tell.day(tell.start))
    return tell.say("finding.year", day=tell.day(school_year(tell.view.answer.day)[1]))


def _hours(tell: Telling, _: Section) -> str:
    work = tell.view.work
    most = work.loc[work["hours_per_week"].idxmax()]
    kind = tell.word(f"{'kind' if tell.view.gate.open else 'kind_out'}.{most['code']}")
    share, hours = tell.share(most["share"]), tell.hours(tell.view.district["workload_hours"])
    return tell.say("finding.hours", kind=kind, share=share, hours=hours)


def _outcomes(tell: Telling, _: Section) -> str:
    if tell.delivered is None or not len(tell.delivered.rows):
        return tell.say("finding.outcomes_missing")
    return tell.say("finding.outcomes", share=tell.share(float(compliance(tell.delivered)["compliance"])))


def _motion(tell: Telling, _: Section) -> str:
    best = tell.recommended
    if best is not None:
        return tell.say("finding.motion_option", name=shorter(best.name, 60))
    return tell.say("finding.motion", fte=tell.ask.fte)


def _steps(tell: Telling, section: Section) -> str:
    if tell.view.settings.next_steps:
        first = next(block.lines[0] for block in section.blocks if isinstance(block, Bullets)).rstrip(".")
        return tell.say("finding.steps", step=first) if len(first) <= LONGEST_STEP else ""
    return tell.say(f"finding.steps_{'open' if tell.view.so_open else 'ask' if tell.ask.fte else 'none'}")


def _school_table(tell: Telling, _: Section) -> str:
    table = tell.view.schools[tell.view.schools["gap_fte"].notna()]
    if table.empty:
        return tell.say("schools.not_told")
    short = int((table["gap_fte"] <= -EVEN_FTE).sum())
    return tell.posts("finding.school_table", n=short, all=len(table))


def _methods(tell: Telling, _: Section) -> str:
    others = [one for one in tell.view.methods if one.method != OURS]
    if not others:
        return ""
    low, high = shown(min(one.low for one in others), 1), shown(max(one.high for one in others), 1)
    key = "finding.methods_shown" if tell.view.withheld_methods else "finding.methods"
    return tell.say(key, low=low, high=high, required=tell.fte(tell.view.district["required_fte"]))


def _assumptions(tell: Telling, _: Section) -> str:
    ids = list(parameters())
    examples = sum(tell.view.answer.assumptions.source(id)[0] == "example" for id in ids)
    return tell.say("finding.assumptions", n=examples, all=len(ids))


def _counted(tell: Telling, _: Section) -> str:
    row = tell.view.district
    return tell.say("finding.counted", lines=tell.count(row["service_lines"]), students=tell.count(row["caseload"]))


def _standing(tell: Telling, _: Section) -> str:
    states = [one.state for one in tell.premises]
    return tell.say("finding.standing", assumed=states.count(ASSUMED), open=states.count(OPEN), all=len(states))


def _glossary(tell: Telling, _: Section) -> str:
    return tell.say("finding.glossary", week=shown(tell.view.answer.staffing.full_week, 1))


def _questions(tell: Telling, section: Section) -> str:
    return tell.say("finding.questions", n=sum(len(getattr(block, "rows", ())) for block in section.blocks))


FINDINGS: Mapping[str, Callable[[Telling, Section], str]] = MappingProxyType(
    {
        "decision": lambda tell, _: shorter(tell.title, 2 * LONGEST_NAME),
        "pair": _pair,
        "bridge": _bridge,
        "options": _options,
        "schools": _schools,
        "waiting": _waiting,
        "influence": lambda tell, _: influence_words(tell),
        "questions": _questions,
        "motion": _motion,
        "steps": _steps,
        "limits": lambda tell, _: tell.say("finding.limits"),
        "school_table": _school_table,
        "methods": _methods,
        "assumptions": _assumptions,
        "counted": _counted,
        "standing": _standing,
        "glossary": _glossary,
        "risks": _risks,
        "timeline": _timeline,
        "talking": lambda tell, _: tell.say("finding.talking"),
        "hours": _hours,
        "outcomes": _outcomes,
    }
)
