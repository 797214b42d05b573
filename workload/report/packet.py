"""One call to everything that is handed out.

    make_packet(answer, "board", Settings(district_name="Bluff County"))       # {file name: bytes}

File names are fixed words and codes, never a text of the roster. The same call gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence

from workload.answer import Answer
from workload.model.roster import UNASSIGNED
from workload.report.ask import schools_of
from workload.report.audience import AUDIENCES, BRIEF, CORRECTIONS, DECK, FORMS, TABLES, WORKBOOK, Audience
from workload.report.lengths import LONGEST_SCHOOL, shorter
from workload.report.packet_choices import Option, Settings
from workload.report.reader_view import View
from workload.report.typed_names import named, people_of, typed_texts
from workload.staffing.delivered.compliance import Delivered

Progress = Callable[[float, str], None]
LABELS = {
    BRIEF: "One-page brief",
    DECK: "Slides",
    WORKBOOK: "Audit workbook",
    TABLES: "Tables",
    FORMS: "State forms",
    CORRECTIONS: "Correction sheets",
}
FIXED_TIME = (1980, 1, 1, 0, 0, 0)
WRITTEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


class PacketError(ValueError):
    """A packet that cannot be made; the message is a plain sentence."""


def make_packet(
    answer: Answer,
    audience: str,
    settings: Settings | None = None,
    options: Sequence[Option] = (),
    progress: Progress | None = None,
    delivered: Delivered | None = None,
) -> dict[str, bytes]:
    """The files of a packet by name. `progress` is told the share done (0 to 1) and what comes next.

    Raises `PacketError` for an unknown audience or school, for an answer without work, where the whole district has
    fewer students than may be shown outside, and where a text of a packet that leaves names a therapist.
    """
    if audience not in AUDIENCES:
        raise PacketError(f"There is no audience called {audience}. Known are {', '.join(AUDIENCES)}.")
    reader, settings = AUDIENCES[audience], settings or Settings()
    _allowed(answer, reader, settings)
    _names_nobody(answer, reader, settings, options)
    view = View(answer, reader, settings)
    files: dict[str, bytes] = {}
    for at, part in enumerate(reader.parts):
        if progress:
            progress(at / len(reader.parts), LABELS[part])
        for name, content in PARTS[part](view, options, delivered):
            files[f"{'INTERNAL-' if reader.internal else ''}{name}"] = content
    if progress:
        progress(1.0, "Done")
    return files


def _allowed(answer: Answer, reader: Audience, settings: Settings) -> None:
    if not answer.district["workload_hours"]:
        raise PacketError(
            "There is nothing to present: no service is in force on the day. Choose another day, or load a roster."
        )
    caseload = answer.district["caseload"]
    if not reader.internal and caseload < settings.smallest_count:
        raise PacketError(
            f"The whole district has {caseload} students with OT, fewer than the {settings.smallest_count} that may be "
            "shown outside. Make an internal packet, or agree on another smallest count."
        )
    known = set(schools_of(answer))
    for name in settings.schools:
        if name not in known:
            raise PacketError(
                f"The ask names the school {shorter(name, LONGEST_SCHOOL)}, which is not on the roster. Write it as the "
                "roster does, or leave it out."
            )


def _names_nobody(answer: Answer, reader: Audience, settings: Settings, options: Sequence[Option]) -> None:
    if reader.internal:
        return
    people, schools = people_of(answer), schools_of(answer)
    for field, text in typed_texts(settings, options):
        if found := named(text, people, schools):
            word = shorter(found.text, LONGEST_SCHOOL)
            who = f"has the word {word}, a name of somebody" if found.alone else f"names {word}, who is"
            place = f' If a place is meant, say which: "{word} Elementary".' if found.alone else ""
            raise PacketError(
                f'The text under "{field}" {who} on the roster. A packet for {reader.label} names no therapist: '
                f"write the post or the school instead, or make an internal packet.{place}"
            )


def _brief(view: View, options: Sequence[Option], delivered) -> Iterator[tuple[str, bytes]]:
    from workload.report.brief.brief_page import brief

    yield "brief.pdf", brief(view, options)


def _deck(view: View, options: Sequence[Option], delivered) -> Iterator[tuple[str, bytes]]:
    from workload.report.deck.deck_file import deck

    yield "slides.pptx", same_bytes(deck(view, options))


def _workbook(view: View, options, delivered) -> Iterator[tuple[str, bytes]]:
    from workload.report.audit.audit_book import audit_workbook

    yield "audit-workbook.xlsx", audit_workbook(view)


def _tables(view: View, options, delivered) -> Iterator[tuple[str, bytes]]:
    from workload.report.open_tables import table_files

    for name, content in table_files(view):
        yield f"tables-{name}", content


def _forms(view: View, options, delivered: Delivered | None) -> Iterator[tuple[str, bytes]]:
    from workload.report.state_forms import forms

    yield "state-forms.xlsx", same_bytes(forms(view, delivered))


def _corrections(view: View, options, delivered) -> Iterator[tuple[str, bytes]]:
    from workload.figures.people_charts import codes_for
    from workload.report.corrections.correction_sheet import correction_sheet

    codes = codes_for(view.answer.therapists)
    for name in view.answer.therapists["therapist"]:
        if name != UNASSIGNED:
            yield (
                f"corrections-{codes[name].replace(' ', '-')}.xlsx",
                same_bytes(correction_sheet(view.answer, name, view.labels[name], view.mark)),
            )


PARTS = {BRIEF: _brief, DECK: _deck, WORKBOOK: _workbook, TABLES: _tables, FORMS: _forms, CORRECTIONS: _corrections}


def same_bytes(data: bytes) -> bytes:
    """A zipped document without the time of its making, also inside the small workbooks of charts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = (
                WRITTEN.sub(rb"\g<1>1980-01-01T00:00:00Z", old.read(name))
                if name.endswith("core.xml")
                else old.read(name)
            )
            entry = zipfile.ZipInfo(name, FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, same_bytes(part) if name.endswith(".xlsx") else part)
    return out.getvalue()
