"""The sections of money: positions with their reasons, employee against contract, what a departure costs."""

from __future__ import annotations

from dataclasses import replace

from workload.model.words import shown
from workload.report.audience import AUDIENCES
from workload.report.lengths import shorter
from workload.report.money import dollars
from workload.report.sections.page_blocks import Bullets, Section, Table, Words
from workload.report.sections.telling import Telling

ROLES = ("OT", "OTA")


def money(tell: Telling) -> Section:
    """Every position: what, why, how much, from when, this year and a full one, recurring or not, out of which fund."""
    title = tell.word("head.money")
    if not tell.ask.fte:
        key = (
            "money.nothing"
            if tell.branch == "none"
            else "money.hidden"
            if tell.ask.withheld
            else "decision.cost_unknown"
        )
        return Section("money", title, (Words(tell.say(key)),))
    heads = ("position", "reason", "fte", "starts", "ends", "this_year", "full_year", "kind", "fund")
    fund = shorter(tell.view.settings.fund, 60) or tell.word("word.not_named")
    rows = []
    for one in tell.positions:
        kind = one.part.kind
        rows.append(
            (
                tell.word(f"part.{kind}", role=tell.role(one.part.role)),
                tell.word(f"part.{kind}_reason"),
                one.part.fte,
                tell.day(one.start),
                tell.day(one.until) if not one.recurring else "–",
                dollars(one.this_year),
                dollars(one.full_year) if one.recurring else "–",
                tell.word("table.recurring" if one.recurring else "table.one_time"),
                fund,
            )
        )
    this_year, full = tell.cost()
    total = tell.word("table.all")
    rows.append((total, "", tell.ask.fte, "", "", dollars(this_year), dollars(full), "", ""))
    parts = "; ".join(f"{row[0]}: {row[2]} FTE, {row[5]}, {row[6]}" for row in rows)
    table = Table(
        tuple(tell.word(f"table.{head}") for head in heads),
        tuple(rows),
        tell.word("alt.positions", parts=parts),
        (2.1, 2.1, 0.7, 1.5, 1.5, 1.3, 1.2, 1.1, 1.5),
        (2, 5, 6),
        (len(rows) - 1,),
    )
    vacant = sum(float(part.fte) for part in tell.ask.parts if part.kind == "fill")
    said = [
        tell.say("money.total_note"),
        *_outside(tell, (this_year, full)),
        rates_words(tell),
        tell.say("money.vacant", fte=tell.fte(vacant)) if vacant else tell.say("money.vacant_none"),
    ]
    so_far = (Words(tell.mark),) if tell.mark else ()
    return Section("money", title, (*so_far, table, Bullets(tuple(said))))


def _outside(tell: Telling, inside: tuple[float, float]) -> list[str]:
    """What papers for the public say of the same money where it is not the same, so that nobody finds it out in a meeting."""
    reader = AUDIENCES["board"]
    if not tell.view.gate.open or tell.view.audience is reader:
        return []
    outside = replace(tell, view=replace(tell.view, audience=reader), spoken={})
    if not outside.ask.fte or outside.cost() == inside:
        return []
    this_year, full = (dollars(amount) for amount in outside.cost())
    return [tell.say("money.outside", fte=outside.ask.fte, this_year=this_year, full_year=full)]


def rates_words(tell: Telling) -> str:
    """The rates behind the dollars, with their value."""
    from workload.scenarios.cost import rates

    used = dict.fromkeys(id for part in (tell.asked.parts if tell.asked else ()) for id in part.rates)
    written = "; ".join(f"{tell.word(f'rate.{id}')} {rate_value(tell, id, rates()[id].unit)}" for id in used)
    return tell.say(f"money.rates_{'example' if tell.examples else 'own'}", rates=written)


def rate_value(tell: Telling, id: str, unit: str) -> str:
    value = tell.prices[id]
    return f"{shown(100 * value, 0)}%" if unit.startswith("as a share") else f"${shown(value, 0 if value >= 10 else 3)}"


def way(tell: Telling) -> Section:
    """What 1.0 FTE costs in a year as an employee and by an agency."""
    weeks, week = tell.view.answer.demand.weeks, tell.view.answer.staffing.full_week
    rows, examples = [], True
    for role in ROLES:
        is_ota = role == "OTA"
        agency = "agency_ota" if is_ota else "agency"
        salary = "salary_ota" if is_ota else "salary_ot"
        examples = any(tell.prices.source(one)[0] == "example" for one in (agency, salary))
        rows.append((tell.say("money.way_employee", role=role), dollars(tell.prices.full_cost(is_ota), examples)))
        rows.append((tell.say("money.way_contract", role=role), dollars(tell.prices[agency] * week * weeks, examples)))
    table = Table(
        (tell.word("table.way"), tell.word("table.for_one")),
        tuple(rows),
        tell.word("alt.ways", parts="; ".join(f"{row[0]} {row[1]}" for row in rows)),
        (4, 1.5),
        (1,),
    )
    return tell.section("way", table, Words(tell.say("money.way_note"), small=True))


def turnover(tell: Telling) -> Section:
    """What it costs when a post changes hands."""
    week = tell.view.answer.staffing.full_week * tell.prices["agency"]
    examples = any(tell.prices.source(one)[0] == "example" for one in ("start_up_post", "agency"))
    said = tell.say(
        "money.turnover", start_up=dollars(tell.prices["start_up_post"], examples), week=dollars(week, examples)
    )
    return tell.section("turnover", Words(said))
