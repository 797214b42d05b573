"""The letter as a file: PDF that a screen reader can read, and a Word document to go on writing in."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import asdict
from datetime import UTC, date, datetime
from xml.sax.saxutils import escape

from workload.report.brief.brief_letters import showable
from workload.report.own_letter.letter_words import Letter
from workload.report.packet_choices import BRAND, FONTS

TEMPLATE = BRAND / "letter.typ"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def as_pdf(said: Letter, day: date) -> bytes:
    """The letter as PDF/UA-1. Texts reach the typesetter as JSON values, never as markup."""
    import typst

    plain = {name: _showable(value) for name, value in asdict(said).items()}
    return typst.compile(
        str(TEMPLATE),
        root=str(BRAND),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps(plain, ensure_ascii=False)},
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
    )


def _showable(value: object) -> object:
    if isinstance(value, str):
        return showable(value)
    return [_showable(one) for one in value] if isinstance(value, list | tuple) else value


def as_docx(said: Letter) -> bytes:
    """The letter as a Word document: headings, a table, lists; nothing in it is a field or a link."""
    body = [
        _par(said.day),
        _par(f"To {said.to}"),
        _par(f"From {said.sender}") if said.sender else "",
        _par(said.subject, "Heading1"),
        _par(said.opening),
        _par(said.table_title, "Heading2"),
        _table(said),
        *(_par(one) for one in ("", *said.paragraphs)),
        _par("What I ask for", "Heading2"),
        _par(said.ask),
        *(_par(f"\u2022 {one}", "List") for one in said.levers),
        *([_par("What the law says", "Heading2")] if said.laws else []),
        *(_par(f"\u2022 {one}", "List") for one in said.laws),
        _par(said.closing),
        _par(said.sender) if said.sender else "",
        _par(said.counted, "Small"),
    ]
    margins = '<w:sectPr><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1080" w:right="1440" w:bottom="1000" w:left="1440"/></w:sectPr>'
    document = f'{HEAD}<w:document xmlns:w="{WORD}"><w:body>{"".join(body)}{margins}</w:body></w:document>'
    return _zipped(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": _relations(f"{OFFICE}/officeDocument", "word/document.xml"),
            "word/_rels/document.xml.rels": _relations(f"{OFFICE}/styles", "styles.xml"),
            "word/document.xml": document,
            "word/styles.xml": STYLES,
        }
    )


def _par(text: str, style: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{named}<w:r><w:t xml:space="preserve">{escape(_printable(text))}</w:t></w:r></w:p>'


def _printable(text: str) -> str:
    """Without control characters, which XML refuses."""
    return "".join(each for each in text if each.isprintable())


def _table(said: Letter) -> str:
    def cell(text: str, width: int, right: bool, strong: bool) -> str:
        side = '<w:pPr><w:jc w:val="right"/></w:pPr>' if right else ""
        weight = "<w:rPr><w:b/></w:rPr>" if strong else ""
        words = f"<w:p>{side}<w:r>{weight}<w:t>{escape(_printable(text))}</w:t></w:r></w:p>"
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{words}</w:tc>'

    rows = [("Work", "Hours a week"), *said.table]
    made = []
    for at, (line, value) in enumerate(rows):
        strong = at in (0, len(rows) - 1)
        head = "<w:trPr><w:tblHeader/></w:trPr>" if at == 0 else ""
        made.append(f"<w:tr>{head}{cell(line, 5200, False, strong)}{cell(value, 1800, True, strong)}</w:tr>")
    grid = '<w:tblGrid><w:gridCol w:w="5200"/><w:gridCol w:w="1800"/></w:tblGrid>'
    return f'<w:tbl><w:tblPr><w:tblW w:w="7000" w:type="dxa"/></w:tblPr>{grid}{"".join(made)}</w:tbl>'


def _relations(kind: str, target: str) -> str:
    one = f'<Relationship Id="rId1" Type="{kind}" Target="{target}"/>'
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{one}</Relationships>'


def _zipped(parts: dict[str, str]) -> bytes:
    """The same parts give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text.encode(), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _style(id: str, name: str, size: int, bold: bool = False, more: str = "", default: bool = False) -> str:
    weight = "<w:b/>" if bold else ""
    kind = ' w:default="1"' if default else ""
    return (
        f'<w:style w:type="paragraph"{kind} w:styleId="{id}"><w:name w:val="{name}"/><w:pPr><w:spacing w:after="80"/>{more}'
        f'</w:pPr><w:rPr>{weight}<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/><w:sz w:val="{size}"/></w:rPr></w:style>'
    )


STYLES = (
    f'{HEAD}<w:styles xmlns:w="{WORD}">'
    + _style("Normal", "Normal", 20, default=True)
    + _style("Heading1", "heading 1", 28, True, '<w:outlineLvl w:val="0"/>')
    + _style("Heading2", "heading 2", 22, True, '<w:outlineLvl w:val="1"/>')
    + _style("List", "List", 20, more='<w:ind w:left="360"/>')
    + _style("Small", "Small", 16)
    + "</w:styles>"
)
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{MAIN}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{MAIN}.styles+xml"/></Types>'
)
