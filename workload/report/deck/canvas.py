"""A 16:9 presentation to draw on: titles, text, tiles, tables, notes, footers, in the district's colors.

No text is smaller than 12 points. Text is set as text runs; nothing is read as markup or as a link.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from workload.figures.contrast import WHITE, ink_on
from workload.report.language.languages import ENGLISH, TAGS
from workload.report.lengths import shorter
from workload.report.packet_choices import Settings

WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.6  # inches
TOP, BOTTOM = 1.45, 6.75  # of the content
SMALLEST_POINTS, BODY = 12, 18
TITLES = ((50, 28), (110, 24), (130, 20))  # letters of a title and the points at which they fit two lines at most
TITLE_ONLY = 5  # layout of the built-in template
FIT_CHARACTERS = 900
US = TAGS[ENGLISH]
LETTER, LEADING = 0.5, 1.2  # mean width of a letter and height of a line, of the size of the text
Line = str | tuple[str, str]  # a paragraph in English, or in the language of a tag such as "es-US"


@dataclass(eq=False)
class Deck:
    """The presentation being made."""

    settings: Settings
    mark: str
    footer: str

    @cached_property
    def file(self):
        """The presentation: the built-in template made wide, with the district's font and colors as theme."""
        from pptx import Presentation
        from pptx.util import Inches

        made = Presentation()
        made.slide_width, made.slide_height = Inches(WIDTH), Inches(HEIGHT)
        _only(made, TITLE_ONLY)
        layout = made.slide_layouts[0]
        for place in list(layout.placeholders):
            if place.placeholder_format.type is not None and place.placeholder_format.idx != 0:
                place._element.getparent().remove(place._element)
        for holder in (made.slide_master, layout):
            for place in holder.placeholders:
                if place.placeholder_format.idx == 0:
                    place.left, place.top = Inches(MARGIN), Inches(0.42)
                    place.width, place.height = Inches(WIDTH - 2 * MARGIN - 1.4), Inches(0.9)
                elif holder is made.slide_master and place.placeholder_format.idx in (10, 11, 12):
                    place.top = Inches(7.0)
        _theme(made, self.settings)
        made.core_properties.title = shorter(f"OT staffing: {self.settings.name}")
        made.core_properties.author = ""
        made.core_properties.last_modified_by = ""
        made.core_properties.language = "en-US"
        return made

    def slide(self, title: Line, notes: str | Sequence[Line]):
        """A slide with its title, footer, logo, mark and notes."""
        from pptx.enum.text import MSO_ANCHOR
        from pptx.util import Inches, Pt

        slide = self.file.slides.add_slide(self.file.slide_layouts[0])
        title, lang = _in_language(title)
        slide.shapes.title.text_frame.text = shorter(title, TITLES[-1][0])
        frame = slide.shapes.title.text_frame
        frame.vertical_anchor, frame.word_wrap = MSO_ANCHOR.MIDDLE, True
        for margin in ("margin_left", "margin_right"):
            setattr(frame, margin, 0)
        for run in frame.paragraphs[0].runs:
            run.font.size, run.font.bold = Pt(next(size for most, size in TITLES if len(run.text) <= most)), True
            run.font.color.rgb = color(self.settings.brand.primary)
            _speak(run, lang)
        frame.paragraphs[0].alignment = 1
        self._frame(slide)
        _note(slide.notes_slide.notes_text_frame, [notes] if isinstance(notes, str) else notes)
        if self.settings.logo:
            picture = slide.shapes.add_picture(io.BytesIO(self.settings.logo), 0, Inches(0.45), height=Inches(0.7))
            picture.width = min(picture.width, Inches(1.3))
            picture.left = Inches(WIDTH - MARGIN) - picture.width
            picture._element.nvPicPr.cNvPr.set("descr", shorter(f"Logo of {self.settings.name}"))
        return slide

    def _frame(self, slide) -> None:
        """A line under the title, footer words, the page number, and the mark of an internal packet."""
        from pptx.util import Inches

        brand = self.settings.brand
        line = slide.shapes.add_shape(1, Inches(MARGIN), Inches(1.32), Inches(WIDTH - 2 * MARGIN), Inches(0.04))
        paint(line, brand.accent)
        number = len(self.file.slides)
        self.text(
            slide, f"{self.footer}   |   {number}", (MARGIN, 6.95, WIDTH - 2 * MARGIN, 0.35), size=12, ink=brand.muted
        )
        if self.mark:
            box = slide.shapes.add_shape(1, Inches(MARGIN), Inches(0.1), Inches(WIDTH - 2 * MARGIN), Inches(0.32))
            paint(box, brand.accent)
            write(box.text_frame, [self.mark], size=12, bold=True, ink=WHITE, font=brand.deck_font, center=True)

    def text(
        self,
        slide,
        words: str | Sequence[Line],
        place: tuple[float, float, float, float],
        size: int = BODY,
        bold: bool = False,
        ink: str = "",
        bullets: bool = False,
        center: bool = False,
        lead: bool = False,
    ):
        """A text box at (left, top, width, height) in inches; lines as paragraphs, with `lead` the first one bold."""
        from pptx.util import Inches

        assert size >= SMALLEST_POINTS
        box = slide.shapes.add_textbox(*(Inches(each) for each in place))
        lines = [words] if isinstance(words, str) else list(words)
        write(
            box.text_frame,
            lines,
            size=size,
            bold=bold,
            ink=ink or self.settings.brand.ink,
            font=self.settings.brand.deck_font,
            center=center,
            bullets=bullets,
            lead=lead,
        )
        return box

    def tile(self, slide, label: str, value: str, words: str, place: tuple[float, float, float, float]) -> None:
        """A number with its name above and its meaning below."""
        from pptx.util import Inches

        brand = self.settings.brand
        left, top, width, height = place
        box = slide.shapes.add_shape(1, *(Inches(each) for each in place))
        paint(box, brand.tint)
        self.text(slide, label, (left + 0.1, top + 0.08, width - 0.2, 0.35), size=14, bold=True, ink=brand.muted)
        self.text(slide, value, (left + 0.1, top + 0.4, width - 0.2, 0.65), size=30, bold=True, ink=brand.primary)
        if words:
            self.text(slide, words, (left + 0.1, top + 1.05, width - 0.2, height - 1.1), size=12, ink=brand.muted)

    def table(
        self,
        slide,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        place: tuple[float, float, float, float],
        widths: Sequence[float],
        words: str,
        size: int = 13,
        right: Sequence[int] = (),
    ) -> None:
        """A native table; `right` are the columns of numbers, `words` its alt text."""
        from pptx.util import Emu, Inches

        left, top, width, _ = place
        frame = slide.shapes.add_table(
            len(rows) + 1, len(headings), Inches(left), Inches(top), Inches(width), Inches(0.34 * (len(rows) + 1))
        )
        frame._element.nvGraphicFramePr.cNvPr.set("descr", shorter(words, FIT_CHARACTERS))
        table, brand = frame.table, self.settings.brand
        for at, share in enumerate(widths):
            table.columns[at].width = Emu(int(Inches(width) * share / sum(widths)))
        for row, cells in enumerate((headings, *rows)):
            for at, words_ in enumerate(cells):
                cell = table.cell(row, at)
                fill = brand.primary if row == 0 else (brand.tint if row % 2 == 0 else WHITE)
                cell.fill.solid()
                cell.fill.fore_color.rgb = color(fill)
                cell.margin_top = cell.margin_bottom = Inches(0.04)
                write(
                    cell.text_frame,
                    [words_],
                    size=size,
                    bold=row == 0,
                    ink=ink_on(fill) if row == 0 else brand.ink,
                    font=brand.deck_font,
                    right=at in right,
                )

    def bytes(self) -> bytes:
        """The finished file."""
        out = io.BytesIO()
        self.file.save(out)
        return out.getvalue()


def _only(made, keep: int) -> None:
    """Leaves one layout of the built-in template; the others are 4:3 and unused."""
    layouts = made.slide_layouts
    for layout in [each for at, each in enumerate(layouts) if at != keep]:
        layouts.remove(layout)


def _theme(made, settings: Settings) -> None:
    """The theme's fonts and accent colors, so that what is added by hand looks alike."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    part = made.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    brand = settings.brand
    text = part.blob.decode("utf-8")
    text = re.sub(r'<a:latin typeface="[^"]*"', f'<a:latin typeface="{xml_name(brand.deck_font)}"', text)
    for at, each in enumerate((*brand.work, brand.accent)[:6], start=1):
        text = re.sub(rf"(<a:accent{at}>\s*)<a:[^>]*/>", rf'\g<1><a:srgbClr val="{each.lstrip("#")}"/>', text)
    part._blob = text.encode("utf-8")


def xml_name(text: str) -> str:
    """A font's name without what would end an attribute."""
    return re.sub(r"[^\w \-]", "", text)


def color(value: str):
    """ "#RRGGBB" as the library's color."""
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(value.lstrip("#").upper())


def paint(shape, fill: str) -> None:
    """A shape in one color, without a line or shadow."""
    shape.fill.solid()
    shape.fill.fore_color.rgb = color(fill)
    shape.line.fill.background()
    style = shape._element.find("{http://schemas.openxmlformats.org/presentationml/2006/main}style")
    if style is not None:  # the built-in style has a shadow
        shape._element.remove(style)
    shape._element.nvSpPr.cNvPr.set("descr", "")


def height_of(lines: Sequence[str], width: float, size: int) -> float:
    """About how many inches paragraphs take in a box of this width; a little more rather than less."""
    letters = (width - 0.2) * 72 / (size * LETTER)
    return 0.12 + sum(math.ceil(len(line) / letters) for line in lines) * size * LEADING / 72


def _in_language(line: Line) -> tuple[str, str]:
    return (line, US) if isinstance(line, str) else line


def _speak(run, lang: str) -> None:
    """The language in which a screen reader speaks a run and a speller checks it."""
    run._r.get_or_add_rPr().set("lang", lang)


def _note(frame, lines: Sequence[Line]) -> None:
    """Lines as paragraphs of the notes."""
    for at, (text, lang) in enumerate(map(_in_language, lines)):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = text
        _speak(run, lang)


def write(
    frame,
    lines: Sequence[Line],
    size: int,
    ink: str,
    font: str,
    bold: bool = False,
    center: bool = False,
    right: bool = False,
    bullets: bool = False,
    lead: bool = False,
) -> None:
    """Lines as paragraphs of plain text; bullets are the program's own, so that a screen reader hears a list."""
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    frame.word_wrap = True
    for at, (line, lang) in enumerate(map(_in_language, lines)):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = shorter(line, FIT_CHARACTERS)
        run.font.size, run.font.bold, run.font.name = Pt(size), bold or lead and at == 0, font
        _speak(run, lang)
        run.font.color.rgb = color(ink)
        paragraph.alignment = PP_ALIGN.CENTER if center else PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        if bullets:
            paragraph.space_after = Pt(8)
            _bullet(paragraph)


def _bullet(paragraph) -> None:
    from lxml import etree
    from pptx.util import Inches

    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(Inches(0.25)))
    properties.set("indent", str(-Inches(0.25)))
    mark = etree.SubElement(properties, "{http://schemas.openxmlformats.org/drawingml/2006/main}buChar")
    mark.set("char", "•")
