"""A document of pages as accessible PDF (PDF/UA-1): its sections, drawn by the one template of all pages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from workload.report.audience import Document
from workload.report.brief.brief_letters import showable
from workload.report.brief.drawn_blocks import drawn
from workload.report.language.languages import TAGS
from workload.report.lengths import LONGEST_NAME, shorter
from workload.report.packet_choices import BRAND, FONTS
from workload.report.sections.blocks import Section
from workload.report.sections.every import pages_of
from workload.report.sections.telling import Telling

TEMPLATE = BRAND / "memo.typ"
LEADING = ("decision",)  # a section whose title is the title of the page


def page(tell: Telling, document: Document) -> bytes:
    """The PDF. Texts reach the typesetter as JSON values, never as markup; nothing is fetched or read beside the template's
    own folder.
    """
    import typst

    day = tell.view.answer.day
    return typst.compile(
        str(TEMPLATE),
        root=str(BRAND),
        font_paths=[str(FONTS)],
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
    return {
        **in_letters(made),
        "brand": asdict(settings.brand),
        "fonts": [settings.brand.brief_font],
        "logo": list(settings.logo) if settings.logo else None,
        "logo_kind": settings.logo_kind,
    }


def _section(tell: Telling, one: Section) -> dict[str, object]:
    blocks = [*one.on_page, *one.blocks]
    return {"title": shorter(one.title, LONGEST_NAME), "blocks": [drawn(block, tell) for block in blocks]}


def in_letters(value: object) -> object:
    """The same plain data in letters that the page's font has."""
    if isinstance(value, str):
        return showable(value)
    if isinstance(value, dict):
        return {name: in_letters(one) for name, one in value.items()}
    return [in_letters(one) for one in value] if isinstance(value, Sequence) else value
