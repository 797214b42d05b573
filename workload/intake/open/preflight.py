"""The look through a zip workbook before any reader sees it: streamed, in bounded memory.

Nothing here builds the workbook. Each part is unpacked a megabyte at a time, counted, searched and let go.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from workload.intake.open.limits import MEGABYTE, Limits
from workload.intake.open.opened import CellProblem, Merge, Refused
from workload.intake.open.refusals import refuse
from workload.intake.open.sheet_scan import ExactScan, SheetScan
from workload.intake.open.style_scan import styles_of
from workload.intake.open.zip_parts import Budget, Part, list_parts, part_key, read_small, unpack

if TYPE_CHECKING:
    from workload.intake.open.distinct_cells import DistinctCells

_SHEET_ROOT = re.compile(rb"<(?:\w+:)?(?:worksheet|macrosheet|dialogsheet)[\s>]")
_NEEDED_ROOT = re.compile(rb"<(?:\w+:)?(?:workbook|sst|styleSheet|chartsheet|Relationships|Types)[\s>]")
_STRIDE, _BEGINNING = 4096, 65_536
_MOST_STYLES = 2 * MEGABYTE
# From this size on it is cheaper to take a sheet apart, and where NumPy would have to be imported first.
_WORTH_IT, _WORTH_AN_IMPORT = MEGABYTE // 2, 4 * MEGABYTE
_ODF_NEEDED = ("content.xml", "styles.xml", "meta.xml", "settings.xml")


@dataclass
class SheetFacts:
    """What the XML of one sheet says that a reader of values does not."""

    name: str
    problems: dict[tuple[int, int], CellProblem] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    has_formulas: bool = False
    has_booleans: bool = True
    colored_rows: dict[str, list[int]] = field(default_factory=dict)
    part: str = ""
    cells: DistinctCells | None = None  # where all of them could be taken apart


@dataclass
class BookFacts:
    """What preflight found out: sheet facts by sheet name, and the marks of the whole workbook."""

    sheets: dict[str, SheetFacts] = field(default_factory=dict)
    macros: bool = False
    external_links: bool = False
    never_calculated: bool = False
    styles: dict[bytes, str] = field(default_factory=dict)  # formats with a color, by their number


def preflight(data: bytes, kind: str, limits: Limits) -> BookFacts:
    """Check a zip workbook of this kind against every limit; raises Refused with the reason.

    Strict Open XML, odd letter case, backslashes, missing dimensions and missing cell references are fine.
    """
    parts = list_parts(data, limits)
    budget = Budget(limits.total_bytes, limits.total_bytes)
    if kind == "ods":
        return _open_document(data, parts, limits, budget)
    facts, names = BookFacts(), {}
    if kind != "xlsb":
        names = _sheet_names(data, parts, limits, facts)
        facts.styles = _styles(data, parts, limits)
    for part in parts:
        facts.macros = facts.macros or part.key.endswith("vbaproject.bin")
        facts.external_links = facts.external_links or part.key.startswith("xl/externallinks/")
        _look(data, part, limits, budget, facts, names.get(part.key, ""))
    return facts


def _look(data: bytes, part: Part, limits: Limits, budget: Budget, facts: BookFacts, name: str) -> None:
    pieces = unpack(data, part, limits, budget)
    if not part.key.endswith((".xml", ".rels", ".vml")):
        for _ in pieces:
            pass
        return
    first = next(pieces, b"")
    if name or _SHEET_ROOT.search(first[:4096]):
        _look_at_sheet(data, part, _chain(first, pieces), limits, facts, name)
    elif not _NEEDED_ROOT.search(first[:4096]):
        # Query definitions, drawings and the like: no reader of cells opens them, and some are in UTF-16.
        for _ in _without_declarations(_chain(first, pieces)):
            pass
    else:
        formats = 0
        for piece in checked_xml(_chain(first, pieces), limits, deep=part.key != "xl/sharedstrings.xml"):
            if part.key.endswith("/styles.xml"):
                formats += len(re.findall(rb"<(?:\w+:)?xf\s", piece))
        # Every cell format may have one named style format beside it.
        if formats > 2 * limits.cell_formats:
            raise refuse("cell-formats", found=formats, limit=limits.cell_formats)


def _look_at_sheet(
    data: bytes, part: Part, pieces: Iterator[bytes], limits: Limits, facts: BookFacts, name: str
) -> None:
    shown = name or part.name
    cells = _distinct_cells(part) if name else None
    scan = SheetScan(limits, facts.styles, cells)
    for piece in checked_xml(pieces, limits, deep=False):
        scan.feed(piece)
    scan.finish()
    if scan.too_far():
        exact = ExactScan(shown, limits, scan.odd)
        for piece in unpack(data, part, limits, Budget(limits.part_bytes, limits.part_bytes)):
            exact.feed(piece)
        exact.finish()
        scan.problems |= exact.problems
    if name:
        facts.sheets[name] = SheetFacts(
            name,
            scan.problems,
            scan.hidden_rows,
            scan.hidden_columns,
            scan.merges,
            scan.has_formulas,
            scan.has_booleans or scan.odd,
            {look: sorted(rows) for look, rows in scan.colored.rows.items()},
            part.key,
            cells if cells and cells.whole and not scan.odd else None,
        )


def _distinct_cells(part: Part) -> DistinctCells | None:
    """What takes a sheet apart into its distinct cells, where that is cheaper than to read all of them."""
    if part.claimed < (_WORTH_IT if "numpy" in sys.modules else _WORTH_AN_IMPORT):
        return None
    from workload.intake.open.distinct_cells import DistinctCells

    return DistinctCells()


def _styles(data: bytes, parts: list[Part], limits: Limits) -> dict[bytes, str]:
    """The colored formats of the workbook; none from a style part that is large or broken, which is refused later."""
    part = next((part for part in parts if part.key.endswith("/styles.xml")), None)
    if part is None or part.claimed > _MOST_STYLES:
        return {}
    try:
        return styles_of(read_small(data, part, limits, _MOST_STYLES), each_element)
    except Refused:
        return {}


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def checked_xml(pieces: Iterator[bytes], limits: Limits, deep: bool = True) -> Iterator[bytes]:
    """Pass on the pieces of an XML part after testing encoding, declarations, depth and text length.

    deep: follow the nesting through the whole part. The readers of cells stream and do not call themselves
    for each level, so for sheets and texts, which are large, the beginning is enough.
    """
    depth, run, rest, first = 0, 0, b"", True
    for piece in _without_declarations(pieces):
        if first and (piece[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in piece[:200]):
            raise refuse("xml-encoding")
        if deep or first:
            depth, rest = _follow_depth(rest + piece if deep else piece[:_BEGINNING], depth, limits)
        run = _check_runs(piece, run, limits)
        first = False
        yield piece


def _without_declarations(pieces: Iterator[bytes]) -> Iterator[bytes]:
    before = b""
    for piece in pieces:
        _check_declarations(before + piece[:16])
        _check_declarations(piece)
        before = piece[-16:]
        yield piece


def _check_declarations(piece: bytes) -> None:
    if b"!" in piece and re.search(rb"<!(?:DOCTYPE|ENTITY)", piece, re.IGNORECASE):
        raise refuse("doctype")


def _follow_depth(text: bytes, depth: int, limits: Limits) -> tuple[int, bytes]:
    """The nesting at the last tag that begins in `text`, taken every few kilobytes, and what is left from there."""
    at, end = 0, text.rfind(b"<")
    while at < end:
        cut = text.find(b"<", min(at + _STRIDE, end))
        stretch = text[at:cut]
        opening = stretch.count(b"<") - stretch.count(b"<?") - stretch.count(b"<!")
        depth += opening - 2 * stretch.count(b"</") - stretch.count(b"/>")
        if depth > limits.xml_depth:
            raise refuse("xml-depth", limit=limits.xml_depth)
        at = cut
    return depth, text[max(end, 0) :]


def _check_runs(piece: bytes, run: int, limits: Limits) -> int:
    """Find a stretch without a tag that is longer than any text may be; bytes at the end carry over.

    A character takes up to six bytes as an entity (`&quot;`) and four as UTF-8.
    """
    step, at, end = limits.text_characters, 0, len(piece)
    start = -run
    while at < end:
        last = piece.rfind(b"<", at, at + step)
        if last >= 0:
            start = last
        at = min(end, at + step)
        if at - start > 6 * step:
            # Blanks between the elements are no text of a cell: some programs indent the whole sheet.
            letters = max(0, -start) + len(piece[max(0, start) : at].translate(None, b" \t\r\n"))
            if letters > 6 * step:
                raise refuse("long-text", where="", limit=limits.text_characters)
            start = at - letters
    return end - start


# --- the list of sheets ---------------------------------------------------------------------------


def _sheet_names(data: bytes, parts: list[Part], limits: Limits, facts: BookFacts) -> dict[str, str]:
    """Sheet names by part key, from the workbook part and its relationships."""
    by_key = {part.key: part for part in parts}
    main = next((part for part in parts if part.key == "xl/workbook.xml"), None) or next(
        (part for part in parts if part.key.endswith("workbook.xml")), None
    )
    if main is None:
        raise refuse("no-sheets")
    folder = main.key.rpartition("/")[0]
    found: list[tuple[str, str]] = []
    targets: dict[str, str] = {}

    def workbook(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            found.append((attributes.get("name", ""), attributes.get("id", "")))
        elif tag == "calcPr" and attributes.get("fullCalcOnLoad") in ("1", "true"):
            facts.never_calculated = True

    def relationship(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            targets[attributes.get("Id", "")] = resolve_part(folder, attributes.get("Target", ""))

    each_element(read_small(data, main, limits), workbook)
    if len(found) > limits.sheets:
        raise refuse("sheets", found=len(found), limit=limits.sheets)
    if not found:
        raise refuse("no-sheets")
    rels = by_key.get(part_key(f"{folder}/_rels/{main.key.rpartition('/')[2]}.rels"))
    if rels is not None:
        each_element(read_small(data, rels, limits), relationship)
    return {targets[rid]: name for name, rid in found if rid in targets}


def resolve_part(folder: str, target: str) -> str:
    target = target.replace("\\", "/")
    path = [] if target.startswith("/") else folder.split("/")
    for step in target.split("/"):
        if step == "..":
            path = path[:-1]
        elif step not in ("", "."):
            path.append(step)
    return part_key("/".join(path))


def each_element(xml: bytes, see) -> None:
    """Call `see(local name, attributes by local name)` for each element; broken XML is refused."""
    _check_declarations(xml)
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(tag: str, attributes: dict[str, str]) -> None:
        see(tag.rpartition(" ")[2], {name.rpartition(" ")[2]: value for name, value in attributes.items()})

    parser.StartElementHandler = start
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        raise refuse("damaged") from None


def _open_document(data: bytes, parts: list[Part], limits: Limits, budget: Budget) -> BookFacts:
    """An .ods: a password shows in its manifest, and old programs put a declaration there alone."""
    for part in parts:
        if part.key == "meta-inf/manifest.xml" and b"encryption-data" in read_small(data, part, limits):
            raise refuse("encrypted")
    for part in parts:
        pieces = unpack(data, part, limits, budget)
        for _ in checked_xml(pieces, limits) if part.key in _ODF_NEEDED else pieces:
            pass
    if not any(part.key == "content.xml" for part in parts):
        raise refuse("no-sheets")
    return BookFacts()
