"""The sections that speak of posts as counts: weeks that do not fit, agreement and caps, planning, unpaid hours, law, outcomes."""

from __future__ import annotations

import re

from workload.model.words import shown
from workload.report.gate import FEWEST_PEOPLE, HOURS_STEP
from workload.report.kinds_of_work import NOTES_OUTSIDE
from workload.report.sections.page_blocks import Block, Bullets, Section, Table, Words
from workload.report.sections.telling import Telling
from workload.report.told_people import outside_hours, over_caps, weeks_too_full
from workload.rules.packs import evaluation_clock, federal, pack_for
from workload.rules.rule import Rule
from workload.scenarios.funding import CARDS as FUNDS
from workload.staffing.delivered.compliance import REASON_COLUMNS, compliance
from workload.year_ahead.evaluation_clock import clock_kept, clock_of

CARDS = (
    "US-fape",
    "US-in-effect",
    "US-yearly-review",
    "US-notice",
    "US-qualified",
)  # of federal law, quoted in every memo
MOST_RULES = 4
PLANNING = ("planning_minutes",)


def overfull(tell: Telling) -> Section:
    """How many weeks do not fit, as a count, and by how much together."""
    number, everybody, beyond = weeks_too_full(tell.view)
    few = tell.word("word.fewer", n=FEWEST_PEOPLE)
    if not everybody:
        lines = [tell.posts("overfull.nobody_there")]
    elif number is None and everybody < FEWEST_PEOPLE:
        lines = [tell.say("overfull.few")]
    else:
        lines = [tell.posts("overfull.people", n=few if number is None else number, all=everybody)]
    if beyond:
        lines.append(tell.posts("overfull.fullest", fte=tell.fte(beyond)))
    if number is not None and everybody:
        lines.append(tell.say("overfull.unassigned"))
    if not tell.view.answer.posts_known:
        lines = [tell.say("overfull.unknown")]
    lines.append(tell.say("overfull.nobody"))
    return tell.section("overfull", Bullets(tuple(lines)))


def agreement(tell: Telling) -> Section:
    """Clauses and caps in force with how many people are over each."""
    view, rows = tell.view, []
    for one in over_caps(view) if view.answer.posts_known else ():
        over = tell.word("word.fewer", n=FEWEST_PEOPLE) if one.over is None else str(one.over)
        rows.append(
            (
                _cap_words(tell, one.id, one.label),
                one.rule,
                tell.word(f"force.{one.force}"),
                tell.word("word.of_all", n=over, all=one.held),
            )
        )
    pack = pack_for(view.answer.state)
    other = [rule for rule in pack.in_force(view.answer.day) if rule.is_for_ots] if pack else []
    held = {one[1] for one in rows}
    said = [
        _clause(tell, rule)
        for rule in other
        if rule.citation not in held and rule.kind in ("caseload_minimum", *PLANNING)
    ]
    if not rows and not said:
        return tell.section("agreement", Words(tell.say("agreement.none")))
    table = Table(
        tuple(tell.word(f"table.{head}") for head in ("rule", "source", "force", "over")),
        tuple(rows),
        tell.word("alt.rules", parts="; ".join(f"{row[0]} ({row[1]}) {row[3]}" for row in rows)),
        (4, 2.6, 1, 1.2),
        (3,),
    )
    blocks: list[Block] = [table] if rows else []
    blocks += [Bullets(tuple(said))] if said else []
    return tell.section(
        "agreement", *blocks, Words(" ".join([tell.say("agreement.note"), *_in_our_words(tell)]), small=True)
    )


def rule_words(tell: Telling, rule: Rule) -> str:
    """What a rule says: its own text in English; elsewhere its kind, for whom, and its number, since a law is quoted as it is written."""
    if tell.english:
        return rule.sentence
    if tell.words.has(f"law_card.{rule.id}"):
        return tell.word(f"law_card.{rule.id}")
    kind = [tell.word(f"rule_kind.{rule.kind}"), *([_coded(tell, "rule_band", rule.band)] if rule.band else [])]
    if rule.value is None:
        return ", ".join(kind)
    return f"{', '.join(kind)}: {rule.value:g} {_coded(tell, 'rule_unit', rule.unit)}"


def _coded(tell: Telling, table: str, text: str) -> str:
    """A word of the rules in this language; as it is written where the catalog has none."""
    key = f"{table}.{re.sub(r'[^a-z0-9]+', '_', text.lower()).strip('_')}"
    return tell.word(key) if tell.words.has(key) else text


def _cap_words(tell: Telling, id: str, label: str) -> str:
    """What a limit is called; a limit of the district's own agreement in another language by its kind alone."""
    if tell.english:
        return label
    pack, day = pack_for(tell.view.answer.state), tell.view.answer.day
    known = next((rule for rule in pack.in_force(day) if rule.id == id), None) if pack else None
    return tell.word("word.cap") if known is None else rule_words(tell, known)


def _clause(tell: Telling, rule: Rule) -> str:
    return tell.say("law.card", text=rule_words(tell, rule).rstrip("."), citation=_cited(rule))


def _in_our_words(tell: Telling) -> list[str]:
    """In another language that rules are told and not quoted."""
    return [] if tell.english else [tell.say("law.original")]


def planning(tell: Telling) -> Section | None:
    """Planning time in the calculation beside what a clause sets."""
    view, row = tell.view, tell.view.work.set_index("code")
    key, code = ("planning.all", "planning") if "planning" in row.index else ("planning.with_notes", NOTES_OUTSIDE)
    said = []
    if code in row.index:
        told = row.loc[code]
        values = {"hours": tell.hours(told["hours_per_week"]), "share": tell.share(told["share"])}
        if key == "planning.all":
            values["assumed"] = f"{100 * view.answer.assumptions['planning_share']:.3g}%"
        said.append(tell.say(key, **values))
    pack = pack_for(view.answer.state)
    for rule in pack.in_force(view.answer.day) if pack else ():
        if rule.kind in PLANNING:
            said.append(tell.say("planning.clause", text=_clause(tell, rule)))
    return tell.section("planning", Bullets(tuple(said))) if said else None


def unpaid(tell: Telling) -> Section:
    """Hours outside the contract that people have logged; nothing is guessed."""
    logged, gate = outside_hours(tell.view), tell.view.gate
    if logged is None or not logged[1]:
        text = tell.say("unpaid.none")
    elif not gate.open and logged[0] < FEWEST_PEOPLE:
        text = tell.say("unpaid.few")
    else:
        people, hours, days = logged
        text = tell.say("unpaid.logged", n=people, hours=shown(gate.step(hours, HOURS_STEP), 0), days=days)
    return tell.section("unpaid", Words(text))


def law(tell: Telling) -> Section:
    """What federal law and the chosen state say, quoted with citation; only texts that were read."""
    day, state = tell.view.answer.day, tell.view.answer.state
    cards = {rule.id: rule for rule in federal().in_force(day)}
    lines = [_card(tell, cards[id]) for id in CARDS if id in cards and cards[id].force == "law"]
    pack = pack_for(state)
    own = [rule for rule in pack.in_force(day) if rule.is_for_ots and rule.force in ("law", "guidance")] if pack else []
    lines += [_clause(tell, rule) for rule in own if rule.has_number][:MOST_RULES]
    notes = [tell.say("law.not_advice"), *([] if pack else [tell.say("law.none")]), *_in_our_words(tell)]
    return tell.section("law", Bullets(tuple(lines)), Words(" ".join(notes), small=True))


def money_law(tell: Telling) -> Section:
    """What federal law says about the money, for whoever decides out of which fund a post is paid."""
    cards = {rule.id: rule for rule in federal().in_force(tell.view.answer.day)}
    lines = [_card(tell, cards[id]) for id in FUNDS if id in cards and cards[id].force in ("law", "guidance")]
    return tell.section(
        "money_law", Bullets(tuple(lines)), Words(f"{tell.say('law.whole')} {tell.say('law.not_advice')}", small=True)
    )


def _card(tell: Telling, rule) -> str:
    key = f"law_card.{rule.id}"
    text = tell.word(key) if tell.words.has(key) else rule.text
    return tell.say("law.card", text=text.rstrip("."), citation=_cited(rule))


def _cited(rule) -> str:
    """The section and where its text in force stands, as one types it; a clause of the district has no address."""
    address = (rule.current or rule.link).removeprefix("https://").removeprefix("http://")
    return f"{rule.citation}; {address}" if address else rule.citation


def _clock_kept(tell: Telling) -> str:
    """How many first evaluations kept the clock; not where one or a few children would be told."""
    view = tell.view
    kept = clock_kept(view.answer, clock_of(view.answer.state, view.answer.day))
    missed = kept.late + kept.past
    if not kept.known:
        return tell.say("outcomes.missing_clock")
    if any(view.gate.hides(number) for number in (kept.in_time, missed, kept.running)):
        return tell.say("outcomes.few_clocks")
    told = {"known": kept.known, "in_time": kept.in_time, "missed": missed, "running": kept.running}
    return tell.say("outcomes.clock_kept", **{name: tell.count(number) for name, number in told.items()})


def outcomes(tell: Telling) -> Section:
    """Service given and clocks kept, from given data alone; what is missing is said."""
    view, gate, lines = tell.view, tell.view.gate, []
    if tell.delivered is not None and len(tell.delivered.rows):
        total = compliance(tell.delivered)
        told = {name: shown(gate.minutes(float(total[f"{name}_minutes"])), 0) for name in ("required", "delivered")}
        lines.append(tell.say("outcomes.given", **told, share=tell.share(float(total["compliance"]))))
        for column in REASON_COLUMNS:
            if total[column] >= 1:
                reason, told_minutes = tell.word(f"reason.{column}"), shown(gate.minutes(float(total[column])), 0)
                lines.append(tell.say("outcomes.reason", reason=reason, minutes=told_minutes))
        unexplained = shown(gate.minutes(float(total["not_accounted_minutes"])), 0)
        lines.append(tell.say("outcomes.unexplained", minutes=unexplained))
    else:
        lines.append(tell.say("outcomes.missing_delivered"))
    owed = view.answer.lines["makeup_minutes_owed"].fillna(0).sum()
    if owed >= 1 and gate.open:
        lines.append(tell.say("outcomes.owed", minutes=shown(float(owed), 0)))
    clock = evaluation_clock(view.answer.state, view.answer.day)
    if clock is not None:
        text = clock.sentence if tell.english else rule_words(tell, clock)
        lines.append(tell.say("outcomes.clock", text=text.rstrip("."), citation=clock.citation))
    lines += [_clock_kept(tell), tell.say("outcomes.missing_goals")]
    return tell.section("outcomes", Bullets(tuple(lines)))
