"""The sections that make the case: two weeks, the bridge, where hours go, which schools, what would move the answer."""

from __future__ import annotations

from workload.model.words import EVEN_FTE, rounded, shown
from workload.report.ask import shortest
from workload.report.ask_record import COVER
from workload.report.lengths import LONGEST_SCHOOL, shorter
from workload.report.reader_view import View
from workload.report.sections.page_blocks import BARS, BRIDGE, CHANGE, COLUMNS, Bullets, Chart, Section, Words
from workload.report.sections.telling import Telling
from workload.report.told_people import TwoWeeks
from workload.staffing.bridge import SUM
from workload.staffing.pair import Schools, telling_schools

MOST_SCHOOL_BARS, MOST_INFLUENCES = 10, 5


def pair(tell: Telling) -> Section:
    """Why a count of students is no workload: two people's weeks, else two schools, else an example."""
    found = _two_people(tell)
    blocks = found or _two_schools(tell) or (Words(tell.say("pair.example")),)
    return Section(
        "pair", tell.word("head.pair" if found else "head.pair_without"), (*blocks, Words(tell.say("pair.so")))
    )


def two_schools(view: View) -> Schools | None:
    """The two schools that tell most, of those that this reader may see."""
    return telling_schools(view.schools)


def told_pair(tell: Telling) -> tuple[TwoWeeks, dict[str, str]] | None:
    """(the two weeks that may be told, their numbers as written)."""
    two, open_gate = tell.two_weeks, tell.view.gate.open
    if two is None:
        return None
    few, many = (shown(one, 0) for one in (two.few, two.many))
    more, less, week = (shown(one, 1 if open_gate or one % 1 else 0) for one in (two.more, two.less, two.week))
    return two, {"few": few, "many": many, "more_hours": more, "less_hours": less, "week": week}


def _two_people(tell: Telling) -> tuple | None:
    found, open_gate = told_pair(tell), tell.view.gate.open
    if found is None:
        return None
    two, told = found
    words = [Words(tell.posts("pair.people", role=two.role, **told), lead=True)]
    words += [] if open_gate else [Words(tell.say("pair.rounded"), small=True)]
    bars = Chart(
        COLUMNS,
        tuple(tell.word("pair_chart.few", n=told[name]) for name in ("few", "many")),
        {tell.word("pair_chart.work"): (two.more, two.less)},
        {tell.word("pair_chart.work"): (told["more_hours"], told["less_hours"])},
        tell.so_far + tell.word("pair_chart.alt", **told),
        digits=1 if open_gate else 0,
        line=(tell.word("pair_chart.contract"), two.week, told["week"]),
        mark=tell.mark,
    )
    return (*words, bars)


def _two_schools(tell: Telling) -> tuple | None:
    two = tell.view.once(two_schools)
    if two is None:
        return None
    columns = ("school", "caseload", "workload_hours")
    rows = {name: rest for name, *rest in zip(*(tell.view.schools[each] for each in columns), strict=True)}
    (few, more), (many, less) = rows[two.heavier], rows[two.lighter]
    return (
        Words(
            tell.say(
                "pair.schools",
                heavier=shorter(two.heavier, LONGEST_SCHOOL),
                lighter=shorter(two.lighter, LONGEST_SCHOOL),
                few=shown(few, 0),
                many=shown(many, 0),
                more_hours=tell.hours(more),
                less_hours=tell.hours(less),
            ),
            lead=True,
        ),
    )


def bridge(tell: Telling) -> Section | None:
    """From the people in post to the work on plans, step by step."""
    view = tell.view
    if not view.time_told:
        return None
    names = [_step(tell, one.code) for one in view.bridge]
    written = [
        f"{'' if one.kind == SUM else '−' if one.fte < 0 else '+'}{view.gate.fte_words(abs(one.fte))}"
        for one in view.bridge
    ]
    line = " → ".join(f"{name} {value}" for name, value in zip(names, written, strict=True))
    said = tell.posts("bridge.words", steps=line)
    chart = Chart(
        BRIDGE,
        tuple(names),
        {"FTE": tuple(float(one.fte) for one in view.bridge)},
        {"FTE": tuple(written)},
        said,
        kinds=tuple(one.kind for one in view.bridge),
        mark=tell.mark,
    )
    return Section(
        "bridge",
        tell.provisionally("head.bridge"),
        (chart, *([Words(" ".join(meaning), small=True)] if (meaning := _apart(tell)) else [])),
        notes=said,
    )


def _apart(tell: Telling) -> list[str]:
    """What stands apart in the ask, and that its rounded parts come to another number than what is short."""
    kinds, ask = {part.kind for part in tell.ask.parts}, tell.ask
    said = []
    if len(kinds) > 1:
        said.append(tell.say("bridge.meaning" if COVER in kinds else "bridge.meaning_vacant"))
    if ask.fte and ask.short and ask.fte != ask.short:
        said.append(tell.posts("bridge.parts_sum", fte=ask.fte, short=ask.short))
    return said


def _step(tell: Telling, code: str) -> str:
    outside = not tell.view.gate.open and code == "does_not_fit"
    return tell.word(f"bridge_step.{code}_outside" if outside else f"bridge_step.{code}")


def hours(tell: Telling) -> Section:
    """Hours of each kind of work, in words and bars."""
    view, row = tell.view, tell.view.district
    work = view.work[view.work["hours_per_week"] > 0]
    names = [tell.word(f"{'kind' if view.gate.open else 'kind_out'}.{code}") for code in work["code"]]
    values = [float(value) for value in work["hours_per_week"]]
    written, shares = [tell.hours(value) for value in values], [tell.share(one) for one in work["share"]]
    digits = 1 if view.gate.open else 0
    whole = sum(rounded(value, digits) for value in values) == rounded(float(row["workload_hours"]), digits)
    said = [tell.say("hours.all", hours=tell.hours(row["workload_hours"]))]
    if not view.time_told:
        said.append(tell.say("hours.people_hidden"))
    elif row["available_hours"]:
        said.append(tell.posts("hours.people", hours=tell.hours(row["available_hours"])))
    else:
        said.append(tell.posts("hours.people_none"))
    said += [] if whole else [tell.say("hours.rounded")]
    label = tell.word("table.hours_week")
    parts = "; ".join(f"{name} {value} ({share})" for name, value, share in zip(names, written, shares, strict=True))
    chart = Chart(
        BARS,
        tuple(names),
        {label: tuple(values)},
        {label: tuple(written)},
        tell.word("alt.hours", parts=parts),
        digits=digits,
    )
    return tell.section("hours", Words(" ".join(said)), chart)


def schools(tell: Telling) -> Section:
    """Which schools: the sentence of the ask, required beside available, the best and the worst covered."""
    view = tell.view
    rows, said, told = shortest(view).head(MOST_SCHOOL_BARS), [], True
    if tell.schools_sentence:
        said.append(tell.schools_sentence)
    if rows.empty:
        told = bool(len(view.schools) and view.schools["gap_fte"].notna().any())
        said.append(tell.posts("schools.none") if told else tell.say("schools.not_told"))
    elif view.time_told:
        together = float(view.schools["gap_fte"].sum())
        said.append(
            tell.posts("schools.rest", shown=tell.fte(rounded(together, 1)), all=tell.fte(view.district["gap_fte"]))
        )
    said += covered(tell)
    if not view.gate.open and view.withheld_schools:
        said.append(tell.say("schools.together", n=view.withheld_schools))
    if view.hidden_times:
        said.append(tell.say("schools.time_hidden", n=view.hidden_times))
    blocks: list = [Bullets(tuple(said))]
    thin = rows.empty and (len(said) == 1 or not told)
    if not rows.empty:
        required, available = tell.word("table.required"), tell.word("table.available")
        parts = "; ".join(
            tell.word(
                "alt.school",
                school=shorter(school, 40),
                required=tell.fte(need),
                available=tell.fte(there),
            )
            for school, need, there in zip(
                *(rows[name].tolist() for name in ("school", "required_fte", "available_fte")), strict=True
            )
        )
        blocks.append(
            Chart(
                BARS,
                tuple(shorter(one, LONGEST_SCHOOL) for one in rows["school"]),
                {
                    name: tuple(float(v) for v in rows[column])
                    for name, column in ((required, "required_fte"), (available, "available_fte"))
                },
                {
                    name: tuple(tell.fte(v) for v in rows[column])
                    for name, column in ((required, "required_fte"), (available, "available_fte"))
                },
                tell.so_far + tell.word("alt.schools", parts=parts),
                mark=tell.mark,
            )
        )
    return tell.section("schools", *blocks, thin=thin)


def covered(tell: Telling) -> list[str]:
    """The best and the worst covered of the schools that may be shown; nothing where they are alike as written."""
    view, smallest = tell.view, tell.view.gate.smallest
    columns = ("school", "caseload", "required_fte", "available_fte")
    table = [
        {"school": school, "required_fte": required, "available_fte": available, "covered": available / required}
        for school, students, required, available in zip(
            *(view.schools[name].tolist() for name in columns), strict=True
        )
        if students >= smallest and required > 0 and available == available  # a handful of students is no comparison
    ]
    if len(table) < 2:
        return []
    table.sort(key=lambda one: (one["covered"], one["school"]))
    best, worst = table[-1], table[0]
    numbers = [tell.fte(one[name]) for one in (best, worst) for name in ("available_fte", "required_fte")]
    if best["covered"] == worst["covered"] or numbers[:2] == numbers[2:]:
        return []
    said = [
        tell.posts(
            "schools.best_worst",
            best=shorter(best["school"], LONGEST_SCHOOL),
            worst=shorter(worst["school"], LONGEST_SCHOOL),
            best_there=numbers[0],
            best_work=numbers[1],
            worst_there=numbers[2],
            worst_work=numbers[3],
        )
    ]
    if view.withheld_schools or (view.schools["caseload"] < smallest).any():
        said.append(tell.say("schools.left_small", n=smallest))
    if view.hidden_times:
        said.append(tell.say("schools.left_time"))
    return said


def influence(tell: Telling) -> Section | None:
    """The assumptions that move the answer most, each by itself, and whether one of them alone closes the gap."""
    view = tell.view
    found = view.influences[:MOST_INFLUENCES]
    if not found:
        return None
    likely = view.district["required_fte"]
    names = [tell.parameter(one.id) for one in found]
    ends = [sorted((one.required_fte_at_low - likely, one.required_fte_at_high - likely)) for one in found]
    digits = 2 if view.gate.open else 1
    lowers, raises = tell.word("table.lowers"), tell.word("table.raises")
    written = [[_signed(value, digits) for value in pair] for pair in ends]
    parts = "; ".join(
        f"{name} {low} {tell.word('word.to')} {high}" for name, (low, high) in zip(names, written, strict=True)
    )
    chart = Chart(
        CHANGE,
        tuple(names),
        {lowers: tuple(end[0] for end in ends), raises: tuple(end[1] for end in ends)},
        {lowers: tuple(one[0] for one in written), raises: tuple(one[1] for one in written)},
        tell.word("alt.influence", parts=parts),
        digits=digits,
    )
    said = (Words(influence_words(tell)), Words(tell.say("influence.each")))
    return tell.section("influence", *said, chart)


def influence_words(tell: Telling) -> str:
    """Whether one assumption alone closes the gap; where there is none, which moves the answer most."""
    view, likely = tell.view, tell.view.district["required_fte"]
    found, gap = view.influences[:MOST_INFLUENCES], view.district["gap_fte"]
    lowered = [likely - min(one.required_fte_at_low, one.required_fte_at_high) for one in found]
    largest = max(range(len(found)), key=lambda at: lowered[at])
    name = tell.parameter(found[largest].id)
    if not view.time_told or gap > -EVEN_FTE:
        return tell.say("influence.largest", name=tell.parameter(found[0].id))
    if lowered[largest] >= -gap:
        return tell.posts("influence.one_closes", name=name)
    return tell.posts("influence.none_closes", name=name, fte=tell.fte(lowered[largest]))


def _signed(value: float, digits: int) -> str:
    written = shown(abs(value), digits)
    return written if rounded(value, digits) == 0 else f"{'−' if value < 0 else '+'}{written}"
