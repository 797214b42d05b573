"""The index of a packet's folder: who it is for, what each file is, what may be done with it, how to check it."""

from __future__ import annotations

from collections.abc import Sequence

from workload.report.audience import Document
from workload.report.language.languages import NOT_CERTIFIED, SPANISH, each
from workload.report.sections.telling import Telling


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
