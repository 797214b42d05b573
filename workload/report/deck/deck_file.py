"""Puts the deck together: each section is a slide, or several where it has more than a slide holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workload.report.audience import Document
from workload.report.deck.base_file import MARGIN, WIDTH
from workload.report.deck.canvas import BOTTOM, LEADING, Deck, Line, Place, Room, height_of
from workload.report.deck.deck_charts import draw
from workload.report.language.languages import TAGS
from workload.report.lengths import shorter
from workload.report.sections.every import sections_of
from workload.report.sections.page_blocks import Bullets, Chart, Facts, Section, Table, Words
from workload.report.sections.telling import Telling

INSIDE = WIDTH - 2 * MARGIN
BESIDE = 4.3  # inches of text beside a chart or a narrow table
TABLE_LETTER, HEAVY_LETTER, CELL = 0.5, 0.6, 0.12  # width of a letter, of a bold one; inches around a text
LONGEST_TITLE = 138  # letters, beside the number of a part
NARROW = 2  # columns up to which a table stands beside its text


def deck(tell: Telling, document: Document) -> bytes:
    """The slides as pptx: native charts and tables, text in the outline, notes under each."""
    footer = f"{tell.name}   |   {tell.word('page.data_of', day=tell.day(tell.view.answer.day))}"
    made = Deck(tell.view.settings, tell.marks, shorter(footer, 120), TAGS[tell.language])
    source = f"{tell.word('page.source', day=tell.day(tell.view.answer.day))} {tell.method}"
    for section in (one for one in sections_of(tell, document.sections) if not one.thin):
        topic = section.title if section.finding else ""
        if topic == section.finding:  # the title of a page may be what it finds
            topic = tell.word(f"head.{section.code}") if topic else ""
        parts = list(_slides(tell, section, made.room))
        for slide in parts:
            _put(made, slide, topic, source, len(parts) > 1)
    return made.bytes()


def _put(made: Deck, part: Section, topic: str, source: str, split: bool) -> None:
    """One slide: its text, then its chart or table, then what stands on every slide. Parts of one table are of one size."""
    lines, things = lines_of(part), [one for one in part.blocks if isinstance(one, Chart | Table)]
    body, size, place = _places(lines, things, made.room)
    spoken = part.notes or " ".join(line.whole for line in lines) or part.title
    slide = made.slide(part.title, topic, lines, body, size, f"{spoken} {source}")
    for thing in things:
        if isinstance(thing, Chart):
            draw(made, slide, thing, place)
        else:
            sizes = made.room.table_sizes
            made.table(slide, thing, place, sizes[-1] if split else table_size(thing, place[3], sizes))
    made.finish(slide)


def lines_of(part: Section) -> list[Line]:
    """The paragraphs of a section's texts; not what its title says already."""
    lines: list[Line] = []
    for block in part.blocks:
        match block:
            case Words():
                lines.append(Line(block.text, bold=block.lead))
            case Bullets():
                lines += [Line(text, bullet=True) for text in block.lines]
            case Facts():
                lines += [
                    Line(answer, question if question.endswith("?") else f"{question}:")
                    for question, answer in block.rows
                ]
    return [line for line in lines if line.text != part.finding]


def _places(lines: Sequence[Line], things: Sequence[Chart | Table], room: Room) -> tuple[Place, int, Place]:
    """(place of the text, its size, place of the chart or table)."""
    texts = [line.whole for line in lines]
    if not things:
        return (MARGIN, room.top, INSIDE, room.tall), fitting(texts, INSIDE, room.tall, room.sizes), (0, 0, 0, 0)
    thing = things[0]
    if isinstance(thing, Table) and not _beside(thing):
        left_over = max(0.5, room.tall - table_height(thing, room.table_sizes[-1]) - 0.1)
        size = fitting(texts, INSIDE, min(left_over, 1.6), room.sizes)
        high = min(height_of(texts, INSIDE, size), left_over) if texts else 0.0
        top = room.top + high + (0.1 if texts else 0.0)
        return (MARGIN, room.top, INSIDE, high), size, (MARGIN, top, INSIDE, BOTTOM - top)
    size = min(18, fitting(texts, BESIDE, room.tall, room.sizes))
    left = MARGIN + (BESIDE + 0.3 if texts else 0.0)
    return (MARGIN, room.top, BESIDE, room.tall), size, (left, room.top, WIDTH - left - MARGIN, room.tall)


def _beside(thing: Chart | Table) -> bool:
    """Whether a chart or table stands beside its text and not under it."""
    return isinstance(thing, Chart) or len(thing.heads) <= NARROW


def fitting(texts: Sequence[str], width: float, height: float, sizes: Sequence[int]) -> int:
    """The largest size at which the texts fit, the smallest where none does."""
    return next((size for size in sizes if height_of(texts, width, size) <= height), sizes[-1])


def _row_height(table: Table, row: Sequence[str], size: int) -> float:
    lines = max(
        -(-len(cell) // max(1, int(width * 72 / (size * TABLE_LETTER))))
        for cell, width in zip(row, _widths(table), strict=True)
    )
    return CELL + max(1, lines) * size * LEADING / 72


def table_height(table: Table, size: int) -> float:
    """About how many inches a table takes at a size."""
    return sum(_row_height(table, row, size) for row in (table.heads, *table.rows))


def table_size(table: Table, room: float, sizes: Sequence[int]) -> int:
    """The largest size at which a table takes no more than the room and no word is broken, the smallest where none does."""
    fits = (size for size in sizes if table_height(table, size) <= room and _words_fit(table, size))
    return next(fits, sizes[-1])


def _words_fit(table: Table, size: int) -> bool:
    for at, width in enumerate(_widths(table)):
        longest = max(len(word) for row in (table.heads, *table.rows) for word in (row[at].split() or [""]))
        if longest * size * HEAVY_LETTER / 72 > width:
            return False
    return True


def _widths(table: Table) -> list[float]:
    """Inches of each column that a text can take."""
    shares = table.widths or (1.0,) * len(table.heads)
    width = INSIDE - BESIDE - 0.3 if _beside(table) else INSIDE
    return [width * share / sum(shares) - 0.2 for share in shares]


def _slides(tell: Telling, section: Section, room: Room) -> Iterator[Section]:
    """The section in parts that each fit a slide."""
    parts = list(_parts(section, room))
    for at, part in enumerate(parts, start=1):
        more = tell.word("page.part", at=at, of=len(parts)) if len(parts) > 1 else ""
        yield replace(part, title=f"{shorter(part.finding or part.title, LONGEST_TITLE)}{more}")


def _parts(section: Section, room: Room) -> Iterator[Section]:
    texts = tuple(one for one in section.blocks if not isinstance(one, Chart | Table))
    things = [one for one in section.blocks if isinstance(one, Chart | Table)]
    lines = lines_of(section)
    if not things:
        for some in _chunks(lines, room):
            yield replace(section, blocks=_as_blocks(some))
        return
    beside = _beside(things[0])
    if beside and texts and height_of([line.whole for line in lines], BESIDE, room.least + 1) > room.tall:
        for some in _chunks(lines, room):  # more words than stand beside it
            yield replace(section, blocks=_as_blocks(some))
        texts = ()
    for at, thing in enumerate(things):
        if isinstance(thing, Chart):
            yield replace(section, blocks=(*(texts if at == 0 else ()), thing))
            continue
        taken = 0.0 if beside else min(1.7, height_of([line.whole for line in lines], INSIDE, 14))
        for number, rows in enumerate(_rows_that_fit(thing, room.tall - taken, room.table_sizes[-1])):
            first = at == 0 and number == 0
            words = thing.words if not number else " ".join(thing.heads)
            strong = tuple(each for each in thing.strong) if number == 0 else ()
            yield replace(
                section, blocks=(*(texts if first else ()), replace(thing, rows=rows, words=words, strong=strong))
            )


def _rows_that_fit(table: Table, height: float, size: int) -> Iterator[tuple[tuple[str, ...], ...]]:
    some: list[tuple[str, ...]] = []
    used = head = _row_height(table, table.heads, size)
    for row in table.rows:
        high = _row_height(table, row, size)
        if some and used + high > height:
            yield tuple(some)
            some, used = [], head
        some.append(row)
        used += high
    if some:
        yield tuple(some)


def _chunks(lines: Sequence[Line], room: Room) -> Iterator[list[Line]]:
    """Paragraphs in parts that fit a slide at a readable size."""
    some: list[Line] = []
    for line in lines:
        if some and height_of([one.whole for one in (*some, line)], INSIDE, room.least + 2) > room.tall:
            yield some
            some = []
        some.append(line)
    if some:
        yield some


def _as_blocks(lines: Sequence[Line]) -> tuple[Words | Bullets | Facts, ...]:
    made: list[Words | Bullets | Facts] = []
    for line in lines:
        if line.label:
            made.append(Facts(((line.label.rstrip(":"), line.text),)))
        elif line.bullet:
            made.append(Bullets((line.text,)))
        else:
            made.append(Words(line.text, lead=line.bold))
    return tuple(made)
