"""A document of pages as accessible PDF (PDF/UA-1): its sections, drawn by the one template of all pages."""

from __future__ import annotations

import json
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workload.report.audience import Document
from workload.report.brief.brief_letters import showable
from workload.report.brief.drawn_blocks import drawn
from workload.report.language.languages import TAGS
from workload.report.lengths import LONGEST_NAME, shorter
from workload.report.packet_choices import BRAND, FONTS
from workload.report.sections.every import pages_of
from workload.report.sections.page_blocks import Section
from workload.report.sections.telling import Telling

TEMPLATE = BRAND / "memo.typ"
LEADING = ("decision",)  # a section whose title is the title of the page


def page(tell: Telling, document: Document) -> bytes:
    """The PDF. Texts reach the typesetter as JSON values, never as markup; nothing is fetched or read beside the template's
    own folder.
    """
    own = tell.view.settings.font
    if own is None:
        return _compiled(tell, document, [str(FONTS)])
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "own-font.ttf").write_bytes(own)
        return _compiled(tell, document, [str(FONTS), folder])


def _compiled(tell: Telling, document: Document, fonts: list[str]) -> bytes:
    import typst

    day = tell.view.answer.day
    return typst.compile(
        str(TEMPLATE),
        root=str(BRAND),
        font_paths=fonts,
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps(page_data(tell, document), ensure_ascii=False, allow_nan=False)},
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
    )


def page_data(tell: Telling, document: Document) -> dict[str, object]:
    """What the template is given."""
    first, rest = pages_of(tell, document.sections)
    settings, lead = tell.view.settings, bool(first) and first[0].code in LEADING
    label = tell.word(f"document.{document.file}")
    made = {
        "title": first[0].title if lead else f"{label}: {tell.name}",
        "subtitle": f"{label}. {tell.word('page.data_of', day=tell.day(tell.view.answer.day))}",
        "district": tell.name,
        "lang": TAGS[tell.language].split("-")[0],
        "marks": list(tell.marks),
        "foot": tell.foot,
        "lead": lead,
        "first": [_section(tell, one) for one in first],
        "rest": [_section(tell, one) for one in rest],
        "logo_alt": tell.word("page.logo", name=tell.name),
    }
    if in_letters(made, settings.font) != in_letters(made, None, keep=True):
        made["foot"] = f"{made['foot']} {tell.word('page.letters')}"
    return {
        **in_letters(made, settings.font),
        "brand": asdict(settings.brand),
        "fonts": [settings.brand.brief_font],
        "logo": list(settings.logo) if settings.logo else None,
        "logo_kind": settings.logo_kind,
    }


def _section(tell: Telling, one: Section) -> dict[str, object]:
    blocks = [*one.on_page, *one.blocks]
    return {"title": shorter(one.title, LONGEST_NAME), "blocks": [drawn(block, tell) for block in blocks]}


def in_letters(value: Any, own: bytes | None, keep: bool = False) -> Any:
    """The same plain data in letters that the page's fonts have; with `keep` as they are."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value) if keep else showable(value, own)
    if isinstance(value, dict):
        return {name: in_letters(one, own, keep) for name, one in value.items()}
    return [in_letters(one, own, keep) for one in value] if isinstance(value, Sequence) else value
