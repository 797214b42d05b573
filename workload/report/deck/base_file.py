"""The file that slides are made in: 16:9 with the district's fonts and colors as theme, or the district's own template."""

from __future__ import annotations

import io
import re
import zipfile

from workload.report.lengths import shorter
from workload.report.packet_choices import SettingError, Settings

WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.6  # inches of our own file; a template keeps its own
TITLE_AND_CONTENT = 1  # layout of the built-in template
LARGEST_TEMPLATE_BYTES = 20_000_000
APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>OT staffing</Application><PresentationFormat>Widescreen</PresentationFormat></Properties>"
)
LEFT_OVER = ("thumbnail", "printerSettings")


def base_file(settings: Settings):
    """An empty presentation. Raises `SettingError` for a template that cannot be used."""
    made = _of_template(settings.template) if settings.template else _own(settings)
    _tidy(made)
    properties = made.core_properties
    properties.title = shorter(f"OT staffing: {settings.name}")
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    return made


def content_layout(made):
    """The layout of a title and one body of text that comes first, else the first with a title."""
    titled = [layout for layout in made.slide_layouts if _place(layout, 0) is not None]
    if not titled:
        raise SettingError("The template for slides has no layout with a title.")
    with_body = [layout for layout in titled if body_of(layout) is not None]
    simple = [layout for layout in with_body if len(_bodies(layout)) == 1]
    return (simple or with_body or titled)[0]


def _place(holder, idx: int):
    return next((place for place in holder.placeholders if place.placeholder_format.idx == idx), None)


def _bodies(holder) -> list:
    from pptx.enum.shapes import PP_PLACEHOLDER as KIND

    return [place for place in holder.placeholders if place.placeholder_format.type in (KIND.BODY, KIND.OBJECT)]


def body_of(holder):
    """The placeholder of the body text; None without one."""
    return next(iter(_bodies(holder)), None)


def _of_template(data: bytes):
    from pptx import Presentation

    if len(data) > LARGEST_TEMPLATE_BYTES:
        raise SettingError("The template for slides must be a pptx of at most 20 MB.")
    try:
        made = Presentation(io.BytesIO(data))
    except (KeyError, ValueError, zipfile.BadZipFile, AttributeError, SyntaxError):
        raise SettingError("The template for slides cannot be read as a pptx.") from None
    for entry in list(made.slides._sldIdLst):  # a template's own slides are no part of the packet
        made.part.drop_rel(entry.rId)
        made.slides._sldIdLst.remove(entry)
    content_layout(made)
    return made


def _own(settings: Settings):
    from pptx import Presentation
    from pptx.util import Inches

    made = Presentation()
    made.slide_width, made.slide_height = Inches(WIDTH), Inches(HEIGHT)
    made.part._element.find("{*}sldSz").attrib.pop("type", None)  # the built-in file says 4:3
    layouts = made.slide_layouts
    for layout in [each for at, each in enumerate(layouts) if at != TITLE_AND_CONTENT]:
        layouts.remove(layout)
    layout = layouts[0]
    layout.name = "Title and content"
    inside = WIDTH - 2 * MARGIN
    places = {0: (MARGIN, 0.7, inside, 0.78), 1: (MARGIN, 1.5, inside, 5.2)}
    feet = {"DATE": (MARGIN, 7.0, 1.5, 0.3), "FOOTER": (MARGIN, 6.98, inside - 1.2, 0.32)}
    feet["SLIDE_NUMBER"] = (WIDTH - MARGIN - 1.0, 6.98, 1.0, 0.32)
    for holder in (made.slide_master, layout):
        for place in list(holder.placeholders):
            kind, idx = place.placeholder_format.type.name, place.placeholder_format.idx
            where = feet.get(kind) or places.get(0 if "TITLE" in kind else 1 if idx in (1,) else -1)
            if kind == "DATE":
                place._element.getparent().remove(place._element)
            elif where:
                place.left, place.top, place.width, place.height = (Inches(each) for each in where)
    _left_titles(made.slide_master)
    _theme(made, settings)
    return made


def _left_titles(master) -> None:
    """Titles at the left and of a size that two lines fit; the footer at the left."""
    style = master._element.find(".//{*}titleStyle/{*}lvl1pPr")
    style.set("algn", "l")
    run = style.find("{*}defRPr")
    run.set("sz", "2800")
    run.set("b", "1")
    for place in master.placeholders:
        if place.placeholder_format.type.name == "FOOTER":
            for paragraph in place._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}lvl1pPr"):
                paragraph.set("algn", "l")


def _theme(made, settings: Settings) -> None:
    """The theme's fonts and colors: what is added by hand looks alike, and a change of the theme changes every slide."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    part = made.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    brand, text = settings.brand, part.blob.decode("utf-8")
    text = re.sub(r'<a:latin typeface="[^"]*"', f'<a:latin typeface="{xml_name(brand.deck_font)}"', text)
    work = [brand.work[at % len(brand.work)] for at in (1, 4, 3, 2)]
    accents = (brand.primary, brand.accent, *work)
    colors = {"dk1": brand.ink, "dk2": brand.primary, "lt2": brand.tint}
    colors |= {f"accent{at}": each for at, each in enumerate(accents, start=1)}
    for name, each in colors.items():
        text = re.sub(rf"(<a:{name}>\s*)<a:[^>]*/>", rf'\g<1><a:srgbClr val="{each.lstrip("#")}"/>', text)
    part._blob = text.encode("utf-8")


def xml_name(text: str) -> str:
    """A font's name without what would end an attribute."""
    return re.sub(r"[^\w \-]", "", text)


def _tidy(made) -> None:
    """Without what a template leaves behind: its picture, a printer's settings, what made it."""
    for rels in (made.part.package._rels, made.part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.rsplit("/", 1)[-1] in LEFT_OVER]:
            rels.pop(key)
    for rel in made.part.package._rels.values():
        if rel.reltype.endswith("extended-properties"):
            rel.target_part._blob = APP.encode("utf-8")
