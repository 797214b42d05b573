"""Slides to write on: title and body are placeholders of the layout, footer and page number are fields, colors are the theme's.

No text is smaller than 12 points. Text is set as text runs; nothing is read as markup or as a link.
"""

from __future__ import annotations

import copy
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from workload.report.deck.base_file import HEIGHT, MARGIN, WIDTH, base_file, body_of, content_layout
from workload.report.lengths import shorter
from workload.report.packet_choices import Settings

TOP, BOTTOM, LOWEST_TOP = 1.5, 6.85, 2.6  # inches of the content; it begins no lower under a template's title
SMALLEST_POINTS = 12
TITLES = ((68, 24), (150, 20))  # letters of a title and the points at which they fit two lines at most
TOPIC, TOPIC_HIGH = 0.46, 0.28  # inches from the top of the small topic above a title, and its height
FIT_CHARACTERS = 900
LETTER, LEADING = 0.52, 1.2  # mean width of a letter and height of a line, of the size of the text
AFTER = 6  # points after a paragraph
Place = tuple[float, float, float, float]  # left, top, width, height in inches


@dataclass(frozen=True)
class Line:
    """A paragraph of a body: `label` stands in bold before it."""

    text: str
    label: str = ""
    bullet: bool = False
    bold: bool = False

    @property
    def whole(self) -> str:
        return f"{self.label} {self.text}" if self.label else self.text


@dataclass(frozen=True)
class Room:
    """What a slide has for content, on our own slide's scale: inches from the top, and the smallest points that still are 12
    on the file's own slides, which may be smaller than ours.
    """

    top: float = TOP
    least: int = SMALLEST_POINTS

    @property
    def tall(self) -> float:
        """Inches of height."""
        return BOTTOM - self.top

    @property
    def sizes(self) -> tuple[int, ...]:
        """Points of a text, the largest first."""
        return tuple(range(max(22, self.least), self.least - 1, -1))

    @property
    def table_sizes(self) -> tuple[int, ...]:
        """Points of a table, the largest first."""
        return tuple(range(max(18, self.least + 1), self.least, -1))


@dataclass(eq=False)
class Deck:
    """The presentation being made."""

    settings: Settings
    marks: tuple[str, ...]
    footer: str
    tag: str

    @cached_property
    def file(self):
        return base_file(self.settings)

    @cached_property
    def layout(self):
        return content_layout(self.file)

    @cached_property
    def scale(self) -> tuple[float, float]:
        """How much wider and higher the slides are than ours."""
        from pptx.util import Inches

        return self.file.slide_width / Inches(WIDTH), self.file.slide_height / Inches(HEIGHT)

    @cached_property
    def room(self) -> Room:
        """The room of a slide; in a template below its title."""
        smaller, top = min(1.0, *self.scale), TOP
        if self.settings.template:
            title = next(one for one in self.layout.placeholders if one.placeholder_format.idx == 0)
            ends = (title.top + title.height) / self.emu((0, 1, 0, 0))[1]
            top = min(max(TOP, ends + 0.1), LOWEST_TOP)
        return Room(top, math.ceil(SMALLEST_POINTS / smaller))

    def points(self, size: float):
        """A size on our own slide as points of the file, never below the smallest."""
        from pptx.util import Pt

        return Pt(max(SMALLEST_POINTS, int(size * min(1.0, *self.scale))))

    def emu(self, place: Place) -> tuple[int, int, int, int]:
        from pptx.util import Inches

        across, down = self.scale
        left, top, width, height = (Inches(each) for each in place)
        return int(left * across), int(top * down), int(width * across), int(height * down)

    def slide(self, title: str, topic: str, lines: Sequence[Line], body: Place, size: int, notes: str):
        """A slide with its title, the topic small above it, and body text; charts and tables follow, `finish` comes last."""

        slide = self.file.slides.add_slide(self.layout)
        title = shorter(title, TITLES[-1][0])
        frame = slide.shapes.title.text_frame
        frame.word_wrap = True
        self._runs(frame.paragraphs[0], [(title, False)], None)
        for run in frame.paragraphs[0].runs:
            run.font.size = self.points(next(size for most, size in TITLES if len(title) <= most))
            if not self.settings.template:
                run.font.color.theme_color = theme("TEXT_2")
        if topic:
            self._topic(slide, topic)
        self._body(slide, lines, body, size)
        self._note(slide, notes)
        return slide

    def _topic(self, slide, topic: str) -> None:
        """The topic above the title, where a template leaves room for it; it is read after the title."""
        place = self.emu((MARGIN, TOPIC, WIDTH - 2 * MARGIN - 1.5, TOPIC_HIGH))
        if self.settings.template:
            top = slide.shapes.title.top - place[3]
            if top < self.emu((0, TOPIC, 0, 0))[1]:
                return
            place = (slide.shapes.title.left, top, *place[2:])
        box = slide.shapes.add_textbox(*place)
        box.name = "Topic"
        slide.shapes.title._element.addnext(box._element)
        frame = box.text_frame
        frame.word_wrap, frame.margin_top, frame.margin_bottom = True, 0, 0
        self._runs(frame.paragraphs[0], [(shorter(topic), True)], SMALLEST_POINTS)
        frame.paragraphs[0].runs[0].font.color.theme_color = theme("ACCENT_2")

    def _body(self, slide, lines: Sequence[Line], place: Place, size: int) -> None:
        from pptx.util import Pt

        holder = body_of(slide)
        if holder is None:
            if not lines:
                return
            holder = slide.shapes.add_textbox(*self.emu(place))
        elif not lines:
            holder._element.getparent().remove(holder._element)
            return
        holder.left, holder.top, holder.width, holder.height = self.emu(place)
        frame = holder.text_frame
        frame.word_wrap = True
        for at, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            paragraph.space_after, paragraph.space_before = Pt(AFTER), Pt(0)
            parts = [(f"{shorter(line.label)} ", True)] if line.label else []
            self._runs(paragraph, [*parts, (shorter(line.text, FIT_CHARACTERS), line.bold)], size)
            _bullet(paragraph, line.bullet)

    def _runs(self, paragraph, parts: Sequence[tuple[str, bool]], size: int | None) -> None:

        for text, bold in parts:
            run = paragraph.add_run()
            run.text = text
            if size is not None:
                run.font.size, run.font.bold = self.points(size), bold
                run.font.color.theme_color = theme("TEXT_1")
            run._r.get_or_add_rPr().set("lang", self.tag)

    def _note(self, slide, notes: str) -> None:
        run = slide.notes_slide.notes_text_frame.paragraphs[0].add_run()
        run.text = notes
        run._r.get_or_add_rPr().set("lang", self.tag)

    def finish(self, slide) -> None:
        """Mark, logo, footer and page number, read after the content."""
        if self.marks:
            box = slide.shapes.add_textbox(*self.emu((MARGIN, 0.08, WIDTH - 2 * MARGIN, 0.34)))
            box.name = "Mark"
            box.fill.solid()
            box.fill.fore_color.theme_color = theme("ACCENT_2")
            paragraph = box.text_frame.paragraphs[0]
            self._runs(paragraph, [("  ".join(self.marks), True)], SMALLEST_POINTS)
            paragraph.runs[0].font.color.theme_color = theme("BACKGROUND_1")
        if self.settings.logo:
            self._logo(slide)
        self._fields(slide)

    def _logo(self, slide) -> None:
        left, top, width, height = self.emu((WIDTH - MARGIN - 1.3, 0.5, 1.3, 0.7))
        picture = slide.shapes.add_picture(io.BytesIO(self.settings.logo or b""), 0, top, height=height)
        picture.width = min(picture.width, width)
        picture.left = left + width - picture.width
        picture._element.nvPicPr.cNvPr.set("descr", shorter(f"Logo of {self.settings.name}"))

    def _fields(self, slide) -> None:
        """The footer and the page number of the layout, as fields: they stay right when slides are moved."""
        found = set()
        for place in self.layout.placeholders:
            kind = place.placeholder_format.type.name
            if kind not in ("FOOTER", "SLIDE_NUMBER"):
                continue
            found.add(kind)
            element = copy.deepcopy(place._element)
            slide.shapes._spTree.append(element)
            own = slide.placeholders[place.placeholder_format.idx]
            if kind == "FOOTER":
                own.text_frame.text = shorter(self.footer, 130)
                for run in own.text_frame.paragraphs[0].runs:
                    self._small(run)
        if "SLIDE_NUMBER" not in found:
            self._number(slide)
        if "FOOTER" not in found:
            box = slide.shapes.add_textbox(*self.emu((MARGIN, 6.98, WIDTH - 2 * MARGIN - 1.2, 0.32)))
            self._runs(box.text_frame.paragraphs[0], [(shorter(self.footer, 130), False)], SMALLEST_POINTS)
        for field in slide.shapes._spTree.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}fld"):
            field.find("{*}t").text = str(len(self.file.slides))
            properties = field.find("{*}rPr")
            if properties is not None:
                properties.set("sz", str(SMALLEST_POINTS * 100))

    def _small(self, run) -> None:
        from pptx.util import Pt

        run.font.size = Pt(SMALLEST_POINTS)
        run._r.get_or_add_rPr().set("lang", self.tag)

    def _number(self, slide) -> None:
        from lxml import etree

        box = slide.shapes.add_textbox(*self.emu((WIDTH - MARGIN - 1.0, 6.98, 1.0, 0.32)))
        space = "http://schemas.openxmlformats.org/drawingml/2006/main"
        field = etree.fromstring(
            f'<a:fld xmlns:a="{space}" id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
            f'<a:rPr lang="{self.tag}" sz="1200"/><a:t>1</a:t></a:fld>'
        )
        box.text_frame.paragraphs[0]._p.append(field)

    def table(self, slide, made, place: Place, size: int) -> None:
        """A native table in the theme's own style; numbers to the right."""
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Emu, Inches

        left, top, width, _ = self.emu(place)
        rows, heads = made.rows, made.heads
        frame = slide.shapes.add_table(
            len(rows) + 1, len(heads), left, top, width, self.emu((0, 0, 0, 0.3))[3] * (len(rows) + 1)
        )
        frame._element.nvGraphicFramePr.cNvPr.set("descr", shorter(made.words, FIT_CHARACTERS))
        widths = made.widths or (1,) * len(heads)
        for at, share in enumerate(widths):
            frame.table.columns[at].width = Emu(int(width * share / sum(widths)))
        for row, cells in enumerate((heads, *rows)):
            for at, words in enumerate(cells):
                cell = frame.table.cell(row, at)
                cell.margin_top = cell.margin_bottom = Inches(0.04)
                paragraph = cell.text_frame.paragraphs[0]
                run = paragraph.add_run()
                run.text = shorter(words, FIT_CHARACTERS)
                run.font.size = self.points(size)
                run.font.bold = True if row == 0 or row - 1 in made.strong else None
                run._r.get_or_add_rPr().set("lang", self.tag)
                paragraph.alignment = PP_ALIGN.RIGHT if at in made.right else PP_ALIGN.LEFT

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.file.save(out)
        return out.getvalue()


def theme(name: str):
    from pptx.enum.dml import MSO_THEME_COLOR

    return getattr(MSO_THEME_COLOR, name)


def height_of(texts: Sequence[str], width: float, size: int) -> float:
    """About how many inches paragraphs take in a box of this width; a little more rather than less."""
    letters = max(1.0, (width - 0.4) * 72 / (size * LETTER))
    lines = sum(max(1, math.ceil(len(text) / letters)) for text in texts)
    return 0.1 + lines * size * LEADING / 72 + len(texts) * AFTER / 72


def _bullet(paragraph, wanted: bool) -> None:
    """The program's own bullet, so that a screen reader hears a list; or none."""
    from lxml import etree
    from pptx.util import Inches

    space = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(Inches(0.25) if wanted else 0))
    properties.set("indent", str(-Inches(0.25) if wanted else 0))
    mark = etree.SubElement(properties, f"{space}{'buChar' if wanted else 'buNone'}")
    if wanted:
        mark.set("char", "•")
