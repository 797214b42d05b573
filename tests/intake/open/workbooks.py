"""Small files made in code: honest workbooks, odd ones, and attacks on whoever opens them."""

from __future__ import annotations

import io
import struct
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def text_cell(ref: str, text: str) -> str:
    """An inline text cell."""
    return f'<c r="{ref}" t="inlineStr"><is><t>{text}</t></is></c>'


def number_cell(ref: str, number: object, extra: str = "") -> str:
    """A number cell, `extra` being further attributes."""
    return f'<c r="{ref}"{extra}><v>{number}</v></c>'


def row(number: int, *cells: str, extra: str = "") -> str:
    """A sheet row of finished cells."""
    return f'<row r="{number}"{extra}>{"".join(cells)}</row>'


def sheet(*rows: str, before: str = "", after: str = "", namespace: str = MAIN) -> str:
    """A worksheet part."""
    return (
        f'{HEAD}<worksheet xmlns="{namespace}" xmlns:r="{RELS}">{before}<sheetData>{"".join(rows)}</sheetData>'
        f"{after}</worksheet>"
    )


ROSTER = (
    row(1, text_cell("A1", "School"), text_cell("B1", "Minutes")),
    row(2, text_cell("A2", "Lincoln"), number_cell("B2", 30)),
)


def parts(
    *sheets: str,
    names: list[str] | None = None,
    states: list[str] | None = None,
    workbook: str = "",
    namespace: str = MAIN,
    rels: str = RELS,
) -> dict[str, str | bytes]:
    """The parts of a workbook with these worksheet parts."""
    names = names or [f"Sheet{n}" for n in range(1, len(sheets) + 1)]
    states = states or [""] * len(sheets)
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"' + (f' state="{state}"' if state else "") + "/>"
        for n, (name, state) in enumerate(zip(names, states, strict=True), start=1)
    )
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{rels}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{namespace}" xmlns:r="{rels}">{workbook}<sheets>{listed}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{rels}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        + f'<Relationship Id="rId900" Type="{rels}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'{HEAD}<styleSheet xmlns="{namespace}"><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
    }
    for number, part in enumerate(sheets, start=1):
        made[f"xl/worksheets/sheet{number}.xml"] = part
    return made


def packed(made: dict[str, str | bytes] | list[tuple[str, str | bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts; a list may repeat a name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in made.items() if isinstance(made, dict) else made:
            # A ZipInfo keeps backslashes and the like as they are given.
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def workbook(*sheets: str, **options) -> bytes:
    """An .xlsx of these worksheet parts, or of a two-row roster."""
    return packed(parts(*(sheets or (sheet(*ROSTER),)), **options))


def with_part(name: str, content: str | bytes) -> bytes:
    """The roster with one part added or replaced."""
    return packed({**parts(sheet(*ROSTER)), name: content})


def far_cell(ref: str, number: int) -> bytes:
    """The roster with one stray value."""
    return workbook(sheet(*ROSTER, row(number, number_cell(ref, 1))))


def patched(data: bytes, name: str, offset: int, value: bytes) -> bytes:
    """The zip with bytes changed in the directory record of one part."""
    record = data.index(b"PK\x01\x02", 0)
    while data[record + 46 : record + 46 + len(name)] != name.encode():
        record = data.index(b"PK\x01\x02", record + 4)
    return data[: record + offset] + value + data[record + offset + len(value) :]


# --- OLE and old Excel ----------------------------------------------------------------------------


def ole(streams: dict[str, bytes]) -> bytes:
    """A compound file with these streams under its root; each is padded past the small-stream limit."""
    sectors: list[bytes] = []
    chain: list[int] = []
    entries = [_entry("Root Entry", 5, 1, END, 0)]
    for number, (name, content) in enumerate(streams.items(), start=1):
        content = content.ljust(4096, b"\x00")
        start, pieces = len(sectors), [content[at : at + 512].ljust(512, b"\x00") for at in range(0, len(content), 512)]
        sectors += pieces
        chain += [*range(start + 1, start + len(pieces)), END]
        following = number + 1 if number < len(streams) else FREE
        entries.append(_entry(name, 2, FREE, start, len(content), following))
    directory = b"".join(entries).ljust(-(-len(entries) * 128 // 512) * 512, b"\x00")
    first = len(sectors)
    pieces = [directory[at : at + 512] for at in range(0, len(directory), 512)]
    chain += [*range(first + 1, first + len(pieces)), END]
    sectors += pieces
    fat_at = len(sectors)
    chain.append(FAT)
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    header = (
        OLE_MAGIC
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
        + struct.pack("<IIIIIIIII", 0, 1, first, 0, 4096, END, 0, END, 0)
    )
    header += struct.pack("<I", fat_at) + b"\xff" * (4 * 108)
    return header + b"".join(sectors) + fat


def _entry(name: str, kind: int, child: int, start: int, size: int, right: int = FREE) -> bytes:
    raw = name.encode("utf-16-le") + b"\x00\x00"
    return (
        raw.ljust(64, b"\x00")
        + struct.pack("<HBBIII", len(raw), kind, 1, FREE, right, child if kind == 5 else FREE)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def _record(number: int, content: bytes) -> bytes:
    return struct.pack("<HH", number, len(content)) + content


def _label(row_number: int, column: int, text: str) -> bytes:
    return _record(0x0204, struct.pack("<HHHHB", row_number, column, 0, len(text), 0) + text.encode("latin-1"))


def xls(state: int = 0) -> bytes:
    """An Excel 97 workbook: texts, a whole number, TRUE and #REF! on one sheet."""
    bof = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    name = b"Roster"
    length = len(_record(0x0809, bof)) + 4 + 8 + len(name) + 4
    book = (
        _record(0x0809, bof)
        + _record(0x0085, struct.pack("<IBBBB", length, state, 0, len(name), 0) + name)
        + _record(0x000A, b"")
    )
    assert len(book) == length
    cells = (
        _label(0, 0, "School")
        + _label(0, 1, "Minutes")
        + _label(1, 0, "001")
        + _record(0x0203, struct.pack("<HHHd", 1, 1, 0, 30.0))
        + _record(0x0205, struct.pack("<HHHBB", 2, 0, 0, 1, 0))
        + _record(0x0205, struct.pack("<HHHBB", 2, 1, 0, 0x17, 1))
    )
    page = _record(0x0809, bof[:2] + struct.pack("<H", 0x10) + bof[4:]) + cells + _record(0x000A, b"")
    return ole({"Workbook": book + page})


# --- other containers -----------------------------------------------------------------------------


def ods(table: str, styles: str = "", manifest: str = "") -> bytes:
    """An OpenDocument spreadsheet around these table elements."""
    names = ["office", "table", "text", "style"]
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    content = (
        f'{HEAD}<office:document-content {spaces} xmlns:calcext="urn:org:documentfoundation:names:experimental:'
        f'calc:xmlns:calcext:1.0"><office:automatic-styles>{styles}</office:automatic-styles><office:body>'
        f"<office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    )
    made = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content),
        ("META-INF/manifest.xml", manifest or f"{HEAD}<manifest/>"),
    ]
    return packed(made, zipfile.ZIP_STORED)


def record(number: int, content: bytes = b"") -> bytes:
    """A record of a binary workbook."""
    code = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    return code + bytes([len(content)]) + content


def wide(text: str) -> bytes:
    """A text of a binary workbook."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def cell(number: int, column: int, content: bytes, style: int = 0) -> bytes:
    """A cell of a binary workbook."""
    return record(number, struct.pack("<II", column, style) + content)


def xlsb(amount: bytes = cell(5, 1, struct.pack("<d", 30.0)), elapsed: str = "") -> bytes:
    """A binary workbook: a text, a number and #REF!, hand-made record by record.

    amount  the cell with the number; elapsed  a format that its cell format 1 has
    """
    book = (
        record(131)
        + record(143)
        + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Roster"))
        + record(144)
        + record(132)
    )
    head = struct.pack("<IIHBBBI", 0, 0, 300, 0, 0, 0, 0)
    page = (
        record(129)
        + record(148, struct.pack("<4I", 0, 1, 0, 2))
        + record(145)
        + record(0, head)
        + cell(6, 0, wide("School"))
        + cell(6, 1, wide("Minutes"))
        + record(0, struct.pack("<I", 1) + head[4:])
        + cell(6, 0, wide("Lincoln"))
        + amount
        + cell(3, 2, b"\x17")
        + record(146)
        + record(130)
    )
    made = parts(names=[])
    rels = (
        f'{HEAD}<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELS}/worksheet" '
        f'Target="worksheets/sheet1.bin"/><Relationship Id="rId2" Type="{RELS}/styles" Target="styles.bin"/></Relationships>'
    )
    styles = (
        record(278)
        + record(615, struct.pack("<I", 1))
        + record(44, struct.pack("<H", 170) + wide(elapsed))
        + record(616)
        + record(617, struct.pack("<I", 2))
        + b"".join(record(47, struct.pack("<HH", 0, number) + bytes(12)) for number in (0, 170))
        + record(618)
        + record(279)
    )
    return packed(
        {
            "[Content_Types].xml": made["[Content_Types].xml"],
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": rels,
            "xl/worksheets/sheet1.bin": page,
            **({"xl/styles.bin": styles} if elapsed else {}),
        }
    )


def lock_file() -> bytes:
    """What Excel leaves beside an open workbook: the owner's name twice."""
    owner = "A. Teacher"
    wide = struct.pack("<H", len(owner)) + owner.encode("utf-16-le")
    return (bytes([len(owner)]) + owner.encode().ljust(54, b" ") + wide).ljust(165, b" ")


def spreadsheetml(*rows: str, options: str = "", doctype: str = "") -> bytes:
    """Excel's XML of 2003 around these rows."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?>{doctype}<?mso-application progid="Excel.Sheet"?><Workbook xmlns="{space}" '
        f'xmlns:ss="{space}" xmlns:x="urn:schemas-microsoft-com:office:excel"><Worksheet ss:Name="Roster">'
        f"<Table>{''.join(rows)}</Table>{options}</Worksheet></Workbook>"
    ).encode()


HTML_TABLE = (
    "<html><head><meta charset='utf-8'><style>td {mso-number-format:'\\@'}</style></head><body><table>"
    "<tr><th>School</th><th>ID</th></tr><tr><td>Peña &amp; Ortiz</td><td>001</td></tr></table></body></html>"
)
MHTML = (
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    b'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    b"<html><table><tr><td>School</td></tr><tr><td>Pe=C3=B1a</td></tr></table></html>\r\n--b--\r\n"
)
