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
from workload.report.audience import (
    AUDIENCES,
    CORRECTIONS,
    FORMS,
    LETTERS,
    MONEY,
    PAGE,
    SLIDES,
    TABLES,
    WORKBOOK,
    Audience,
    Document,
)
from workload.report.brief.brief_letters import font_problem
from workload.report.language.languages import ENGLISH, NOT_CERTIFIED, SPANISH, each
from workload.report.lengths import LONGEST_SCHOOL, shorter
from workload.report.packet_choices import Option, Settings
from workload.report.reader_view import View
from workload.report.sections.telling import Telling
from workload.report.typed_names import named, people_of, typed_texts
from workload.staffing.delivered.compliance import Delivered

Progress = Callable[[float, str], object]
Files = Iterator[tuple[str, bytes]]
SAID_IN_WORDS = (PAGE, SLIDES, LETTERS)  # documents that are made once in each language
READ_ME = "read-me.txt"
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
    view, files = View(answer, reader, settings), {}
    jobs = [
        (document, language)
        for document in reader.documents
        for language in (each(settings.language) if document.kind in SAID_IN_WORDS else (each(settings.language)[0],))
    ]
    for at, (document, language) in enumerate(jobs):
        if progress:
            progress(at / len(jobs), document.label)
        tell = Telling(view, language, tuple(options), delivered)
        for name, content in MAKERS[document.kind](tell, document):
            files[f"{'INTERNAL-' if reader.internal else ''}{name}"] = content
    read_me = files_index(Telling(view, each(settings.language)[0]), list(files)).encode("utf-8")
    if progress:
        progress(1.0, "Done")
    return {f"{'INTERNAL-' if reader.internal else ''}{READ_ME}": read_me, **files}


def _allowed(answer: Answer, reader: Audience, settings: Settings) -> None:
    if settings.font is not None and (problem := font_problem(settings.font)):
        raise PacketError(problem)
    if not answer.district["workload_hours"]:
        raise PacketError(
            "There is nothing to present: no service is in force on this date. Choose another day, or load a roster."
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


def _stem(tell: Telling, document: Document) -> str:
    """The name of a file without ending; other languages than English are in it."""
    return document.file if tell.language == ENGLISH else f"{document.file}-{tell.language}"


def _page(tell: Telling, document: Document) -> Files:
    from workload.report.brief.page_file import page

    yield f"{_stem(tell, document)}.pdf", page(tell, document)


def _letters(tell: Telling, document: Document) -> Files:
    from workload.report.brief.page_file import page
    from workload.report.told_people import people_of_view

    codes = codes_of(tell.view)
    for name in people_of_view(tell.view):
        own = Telling(tell.view, tell.language, person=name)
        yield f"{_stem(tell, document)}-{codes[name]}.pdf", page(own, document)


def _slides(tell: Telling, document: Document) -> Files:
    from workload.report.deck.deck_file import deck

    yield f"{_stem(tell, document)}.pptx", same_bytes(deck(tell, document))


def _workbook(tell: Telling, document: Document) -> Files:
    from workload.report.audit.audit_book import audit_workbook

    yield f"{document.file}.xlsx", audit_workbook(tell.view)


def _money(tell: Telling, document: Document) -> Files:
    from workload.report.money_book import money_workbook

    yield f"{document.file}.xlsx", money_workbook(tell)


def _tables(tell: Telling, document: Document) -> Files:
    from workload.report.open_tables import table_files

    for name, content in table_files(tell.view):
        yield f"{document.file}-{name}", content


def _forms(tell: Telling, document: Document) -> Files:
    from workload.report.state_forms import form_of

    if tell.view.settings.forms and (made := form_of(tell.view, tell.delivered)) is not None:
        yield f"{document.file}.xlsx", same_bytes(made)


def _corrections(tell: Telling, document: Document) -> Files:
    from workload.report.corrections.correction_sheet import correction_sheet

    view, codes = tell.view, codes_of(tell.view)
    for name in view.answer.therapists["therapist"]:
        if name != UNASSIGNED:
            yield (
                f"{document.file}-{codes[name]}.xlsx",
                same_bytes(correction_sheet(view.answer, name, view.labels[name], view.mark)),
            )


def codes_of(view: View) -> dict[str, str]:
    """The code of each person as a part of a file's name: "OT-1"."""
    from workload.staffing.tables import codes_for

    return {name: code.replace(" ", "-") for name, code in codes_for(view.answer.therapists).items()}


MAKERS: dict[str, Callable[[Telling, Document], Files]] = {
    PAGE: _page,
    LETTERS: _letters,
    SLIDES: _slides,
    WORKBOOK: _workbook,
    MONEY: _money,
    TABLES: _tables,
    FORMS: _forms,
    CORRECTIONS: _corrections,
}


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
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, same_bytes(part) if name.endswith(".xlsx") else part)
    return out.getvalue()


def files_index(tell: Telling, names: Sequence[str]) -> str:
    """The text of the read-me, in the first language of the packet."""
    reader = tell.view.audience
    told = [tell.word(f"document.audience_{reader.code}"), *tell.marks, ""]
    for document in reader.documents:
        mine = [name for name in names if _is_of(name, document, reader.documents)]
        if mine:
            label = tell.word(f"document.{document.file}")
            told.append(f"{label}: {tell.word(f'document.{document.file}_holds')}.")
            told += [f"  {name}" for name in mine]
    told += ["", tell.word("document.check"), tell.foot]
    if SPANISH in each(tell.view.settings.language):
        told.append(NOT_CERTIFIED if tell.english else tell.word("document.not_certified"))
    return "\r\n".join(told) + "\r\n"


def _is_of(name: str, document: Document, others: Sequence[Document]) -> bool:
    """Whether a file is of a document: of those whose name it begins with, the longest."""
    bare = name.removeprefix("INTERNAL-")
    mine = [one for one in others if bare.startswith(one.file)]
    return bool(mine) and max(mine, key=lambda one: len(one.file)) is document
