"""What a document tells, by its reader and language."""

from __future__ import annotations

from tests.report.packets import (
    OPTIONS,
    SETTINGS,
    said,
    sample_answer,
)
from workload.report.audience import AUDIENCES
from workload.report.language.languages import ENGLISH
from workload.report.packet_choices import Settings
from workload.report.reader_view import View
from workload.report.sections.page_blocks import Bullets, Chart, Facts, Section, Table, Words
from workload.report.sections.telling import Telling
from workload.report.told_people import people_of_view

DOCUMENTS = [(reader, one) for reader in AUDIENCES.values() for one in reader.documents]


def telling(audience: str, language: str = ENGLISH, settings: Settings = SETTINGS, options=OPTIONS) -> Telling:
    view = View(sample_answer(), AUDIENCES[audience], settings)
    return Telling(view, language, options, person=people_of_view(view)[0])


def strings(value) -> list[str]:
    """Every text in plain data, on one line each."""
    if isinstance(value, str):
        return [said(value)]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [text for one in inside for text in strings(one)]


def texts_of(section: Section) -> list[str]:
    """Every sentence of a section."""
    found = [section.title, *filter(None, (section.finding,))]
    for block in (*section.on_page, *section.blocks):
        match block:
            case Words(text):
                found.append(text)
            case Bullets(lines):
                found += lines
            case Facts(rows):
                found += [text for row in rows for text in row]
            case Table(heads, rows, words):
                found += [*heads, *(text for row in rows for text in row), words]
            case Chart():
                found += [*block.categories, *block.series, block.words, *filter(None, (block.mark,))]
    return found
