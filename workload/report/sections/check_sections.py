"""The sections that let a reader check: premises, what was counted, limits, words, schools, assumptions, methods, questions."""

from __future__ import annotations

from workload.model.parameters import parameters
from workload.model.words import shown
from workload.premises.records import ASSUMED, OPEN
from workload.report.lengths import LONGEST_SCHOOL, shorter
from workload.report.premise_tables import premise_words
from workload.report.sections.page_blocks import Bullets, Facts, Section, Table, Words
from workload.report.sections.telling import Telling
from workload.report.table_files import for_a_cell
from workload.staffing.bridge import SPARE

FEWEST_ASKED = 5  # below it, how many have confirmed says something of each; a project choice
MOST_SCHOOLS = 60  # beyond it the rows are in the tables
WORDS_USED = ("fte", "ot", "ota", "iep", "workload", "gap")


def standing(tell: Telling) -> Section:
    """What the answer stands on: everything open or assumed, and what settles it."""
    lines = []
    for one in sorted(tell.premises, key=lambda one: (one.state != OPEN, -one.effect_fte)):
        if one.state in (OPEN, ASSUMED):
            text = premise_words(tell.view, one) if tell.english else tell.word(f"premise.{one.id}")
            lines.append(tell.say(f"standing.state_{'open' if one.state == OPEN else 'assumed'}", text=text))
    return tell.section("standing", Bullets(tuple(lines)), Words(tell.say("standing.settled"), small=True))


def counted(tell: Telling) -> Section:
    """What the roster holds and how it was counted."""
    answer, row = tell.view.answer, tell.view.district
    read, used = answer.roster.rows("read"), answer.rows_counted
    rows = [
        ("students", row["caseload"]),
        ("evaluation_only", row["students_evaluation_only"]),
        ("lines", row["service_lines"]),
        ("counted", used),
        ("left_out", read - used),
    ]
    if not tell.view.gate.hides(read - used):  # what was read is told as the sum of its told parts
        rows.insert(3, ("read", sum(tell.view.gate.whole(one) for one in (used, read - used))))
    told = tuple((tell.say(f"counted.{name}"), tell.count(value)) for name, value in rows)
    how = [
        tell.say("counted.how_roster", day=tell.day(answer.day)),
        *(tell.say(f"counted.how_{part}") for part in ("minutes", "rest", "range")),
    ]
    settings = tell.view.settings
    if settings.weeks_of >= FEWEST_ASKED or settings.weeks_of and tell.view.gate.open:
        how.insert(1, tell.say("counted.how_confirmed", right=settings.weeks_right, of=settings.weeks_of))
    table = Table(
        (tell.word("table.in_roster"), tell.word("table.number")),
        told,
        tell.word("alt.counted", parts="; ".join(" ".join(one) for one in told)),
        (3, 1.4),
        (1,),
    )
    return tell.section("counted", Bullets(tuple(how)), table)


def limits(tell: Telling) -> Section:
    """What this does not show."""
    view, ids = tell.view, list(parameters())
    examples = sum(view.answer.assumptions.source(id)[0] == "example" for id in ids)
    lines = [
        tell.say("limits.day"),
        tell.say("limits.performance"),
        tell.say("limits.examples", n=examples, all=len(ids)),
    ]
    unread = view.answer.roster.rows("unreadable")
    if unread:
        lines.append(tell.say("limits.unread", n=tell.count(unread)))
    if not view.gate.open:
        lines.append(tell.say("limits.rounded"))
    return tell.section("limits", Bullets(tuple(lines)))


def glossary(tell: Telling) -> Section:
    """FTE, OT, OTA, plans, workload and gap, each in a sentence."""
    week = shown(tell.view.answer.staffing.full_week, 1)
    lines = [tell.say(f"glossary.{word}", **({"week": week} if word == "fte" else {})) for word in WORDS_USED]
    return tell.section("glossary", Bullets(tuple(lines)))


SCHOOL_COLUMNS = ("school", "caseload", "workload_hours", "required_fte", "available_fte", "gap_fte")


def school_table(tell: Telling) -> Section:
    """Every school that may be shown, and the rest together."""
    heads = ("school", "students", "work", "required", "available", "gap")
    table = tell.view.school_rows
    shown_by_itself = len(tell.view.schools)
    names, students, work, *ftes = (table[name].head(MOST_SCHOOLS).tolist() for name in SCHOOL_COLUMNS)
    rows = [
        (
            shorter(name, LONGEST_SCHOOL) if at < shown_by_itself else tell.word("word.other_schools"),
            tell.count(students[at]),
            tell.hours(work[at]),
            *(tell.fte(column[at]) for column in ftes),
        )
        for at, name in enumerate(names)
    ]
    made = Table(
        tuple(tell.word(f"table.{head}") for head in heads),
        tuple(rows),
        tell.word("alt.school_table"),
        (4, 1.1, 1.7, 1.4, 1.4, 1.2),
        tuple(range(1, 6)),
    )
    more = len(table) - MOST_SCHOOLS
    said = [tell.say("schools.more", n=more)] if more > 0 else []
    said += [tell.say("schools.twice")] if tell.view.counts_twice else []
    words = [Words(each, small=True) for each in said]
    return tell.section("school_table", made, *words, thin=not shown_by_itself)


def assumptions(tell: Telling) -> Section:
    """Every assumption in force with its force and its whole source, which stays in the language that it was written in."""
    answer, rows = tell.view.answer, []
    for id, one in parameters().items():
        force, source = answer.assumptions.source(id)
        value = answer.assumptions[id]
        written = value.replace("_", " ") if isinstance(value, str) else _in_unit(tell, id, value, one.unit)
        if isinstance(value, str) and not tell.english:
            written = tell.word(f"choice.{value}") if tell.words.has(f"choice.{value}") else value
        rows.append((tell.parameter(id), written, tell.word(f"force.{force}"), for_a_cell(source)))
    heads = ("assumption", "value", "force", "source")
    alt = tell.word("alt.assumptions", parts="; ".join(f"{row[0]} {row[1]}" for row in rows))
    table = Table(tuple(tell.word(f"table.{head}") for head in heads), tuple(rows), alt, (2.9, 2.1, 1.1, 4.8))
    note = () if tell.english else (Words(tell.say("assumptions.original"), small=True),)
    return tell.section("assumptions", *note, table)


def _in_unit(tell: Telling, id: str, value: float, unit: str) -> str:
    if tell.words.has(f"unit.{id}"):
        unit = tell.word(f"unit.{id}")
    if unit.startswith("share of "):
        return f"{100 * value:.3g}% of {unit[9:]}"
    return f"{100 * value:.3g}{unit}" if unit.startswith("%") else f"{value:.3g} {unit}"


def methods(tell: Telling) -> Section:
    """The same district by other methods, one line each on why it differs."""
    rows = []
    for one in tell.view.methods:
        id = one.method.replace(".", "")
        name, why = (
            f"{kind}.{id}" if tell.words.has(f"{kind}.{id}") else f"{kind}.other" for kind in ("method", "method_why")
        )
        low, high = shown(one.low, 1), shown(one.high, 1)
        span = low if low == high else f"{low} {tell.word('word.to')} {high}"
        rows.append((tell.word(name), span, tell.say(why)))
    table = Table(
        tuple(tell.word(f"table.{head}") for head in ("method", "fte", "why")),
        tuple(rows),
        tell.word("alt.methods", parts="; ".join(f"{row[0]} {row[1]}" for row in rows)),
        (3, 1.2, 6),
        (1,),
    )
    withheld = tell.view.withheld_methods
    note = (Words(tell.say("methods.withheld", n=withheld), small=True),) if withheld else ()
    return tell.section("methods", Words(tell.say("methods.apart")), table, *note)


def questions(tell: Telling) -> Section:
    """Hard questions with answers from the district's own numbers."""
    from workload.report.sections.ask_sections import risk_words, sure_words
    from workload.report.sections.case_sections import pair

    view, row = tell.view, tell.view.district
    told = [block.text for block in pair(tell).blocks if isinstance(block, Words)]
    rows = [(tell.say("questions.q_count"), tell.say("questions.a_count", pair=told[0]))]
    others = [one.low for one in view.methods if one.method != "wisn-itemized"]
    if others and min(others) < row["required_fte"]:
        answer = tell.say("questions.a_lower", low=shown(min(others), 1), required=tell.fte(row["required_fte"]))
        rows.append((tell.say("questions.q_lower"), answer))
    if tell.ask.fte:
        cover = sum(float(part.fte) for part in tell.ask.parts if part.kind == "cover")
        answer = tell.posts("questions.a_leave", fte=tell.fte(cover)) if cover else tell.say("questions.a_leave_none")
        rows.append((tell.say("questions.q_leave"), answer))
    if view.time_told:
        room = sum(step.fte for step in view.bridge if step.kind == SPARE)
        if room:
            answer = tell.posts("questions.a_move", room=tell.fte(abs(room)))
        else:
            answer = tell.posts("questions.a_move_none") if view.gate.open else tell.say("questions.a_move_hidden")
        rows.append((tell.say("questions.q_move"), answer))
    rows.append((tell.say("questions.q_sure"), sure_words(tell)))
    rows.append((tell.say("questions.q_wait"), risk_words(tell)))
    if tell.ask.fte:
        rows.append((tell.say("questions.q_pay"), tell.say(f"questions.a_pay_{'example' if tell.examples else 'own'}")))
    return tell.section("questions", Facts(tuple(rows)))


def checks(tell: Telling) -> Section:
    """Checks that anybody can repeat on the files of the packet."""
    answer, row = tell.view.answer, tell.view.district
    lines = [
        tell.say(
            "checks.rows",
            sheet=shorter(f"{sheet.file}, {sheet.sheet}", LONGEST_SCHOOL),
            read=sheet.read,
            counted=sheet.counted,
            excluded=sum(sheet.excluded.values()),
            unreadable=sheet.unreadable,
        )
        for sheet in answer.row_counts
    ]
    lines.append(tell.say("checks.digest", digest=answer.roster.digest[:16]))
    if tell.ask.short and tell.view.time_told:
        lines.append(
            tell.posts(
                "checks.sum", available=tell.ask.available, short=tell.ask.short, required=tell.fte(row["required_fte"])
            )
        )
    lines.append(tell.say("checks.recompute"))
    return tell.section("checks", Bullets(tuple(lines)))
