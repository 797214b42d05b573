"""Notes that stand under a list of people or schools, in the column of their names: they are nobody's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set

from workload.intake.answers.row_findings import Kept, of_rows
from workload.intake.blocks.band_rows import OF_NOBODY
from workload.intake.blocks.data_rows import Block
from workload.intake.cells.cells import tidy
from workload.intake.cells.near_names import is_vacant, person_words
from workload.intake.open.opened import Value
from workload.model.issues import WARNING

NOTE = "note"
NAMES = {"therapists": "therapist", "schools": "school"}
BEGINS = re.compile(
    r"[*\u2020\u2021\u2022]|(?:(?:foot)?not(?:es?|as?)|legend|key|source|records?|record count)\s*[:.=]|n\.b\.|"
    r"(?:last )?(?:prepared|printed|updated|created|compiled|submitted|exported|generated|run)\s+(?:by|on|date|\d)|"
    r"(?:see|please)\s(?:(?-i:[a-z])|notes?|tabs?|pages?|sheets?|list|attached|appendix|legend|key|below|above|also|\d)",
    re.IGNORECASE,
)  # "See Moua" is a person
# "3/4 time" is no date.
DATE = re.compile(r"\b\d{1,2}/\d{1,2}\b(?!\s*(?:time|days?|fte|pos\w*|post)\b)", re.IGNORECASE)
SENTENCE = re.compile(r"(?:\S+\s+){5,}\S*[a-z]{4,}[.!?]|(?:\S+\s+){3,}.*[;:]\s.*")
SMALL = r"(?:of|the|and|for|at|in|de|del|la|el|los|las|y|von|van|der|&|-|\u2013)"
TITLED = re.compile(rf"(?:(?:[A-Z(\d\"'#]\S*|{SMALL})\s+)*[A-Z]\S*\s+(?:(?:[A-Z(\d\"'#&]\S*|{SMALL})(?:\s+|$))+")
POST = re.compile(
    r"(?:(?:(?:long|short)[- ]term|new|open|vacant|contract|agency|temp\w*|maternity|leave|\d(?:/\d)?|\d?\.\d+|fte|time|ota?|cota|otr)\W+)*"
    r"(?:sub|substitute|position|pos\.|hire|vacanc\w*|opening|post|slot|tbd|tbh|unfilled|replacement|coverage|ota?|cota|otr)\b",
    re.IGNORECASE,
)
NAME_FIRST = re.compile(r"([A-Z][\w'\u2019.-]*[a-z][\w'\u2019-]*,? [A-Z][\w'\u2019.-]*)(?=$|[\s,;(:])")
LONGEST_NAME = 80  # characters
FEWEST_WORDS = 3  # of a text with a date in it that is a note and no name


def without_notes(block: Block, cells: Mapping[str, Sequence[Value]], at: Sequence[int]) -> Kept:
    """The rows at these positions that are no notes. What is left out is told: a note may speak of a leave or a post."""
    name = NAMES.get(block.table, "")
    if name not in cells or len(cells) < 2:  # in a list of names alone nothing tells a note from a name
        return Kept(at)
    others = [values for other, values in cells.items() if other != name]
    alone = [each for each in at if all(one[each] in (None, "") for one in others)]
    listed = {person_words(str(cells[name][each])) for each in {*at}.difference(alone)}
    notes = [each for each in alone if is_note(cells[name][each], listed)]
    said = of_rows(
        block,
        notes,
        "note-row",
        WARNING,
        f"What stands in {{rows}} of this list reads as a note, not as a {name}, and is not counted",
        "Where a note speaks of a leave, a post or a school, say so in a row and column of its own.",
        column=block.heading(name),
    )
    out = set(notes)
    return Kept([each for each in at if each not in out], {NOTE: len(notes)}, said)


def is_note(cell: Value, listed: Set[str] = frozenset()) -> bool:
    """Whether a text that stands alone in its row is a note: "* students in italics", "KR on leave 11/2 - 1/8".

    listed  the names on the other rows, as `person_words`: a remark behind somebody who stands on no other row is no note but
    that person, and so are a post that is to be filled and words that all begin as a name does
    """
    text = tidy(cell) if isinstance(cell, str) else ""
    if not text or is_vacant(text):
        return False
    if BEGINS.match(text):
        rest = text.lstrip("*\u2020\u2021\u2022 ")
        return len(text.split()) > 1 and (rest == text or len(rest) > LONGEST_NAME or not TITLED.fullmatch(rest))
    if len(text) <= LONGEST_NAME and TITLED.fullmatch(text) or POST.match(text):
        return False
    if (name := NAME_FIRST.match(text)) and person_words(name[1]) not in listed:
        return False
    dated = DATE.search(text) is not None and len(text.split()) >= FEWEST_WORDS
    return dated or bool(OF_NOBODY.fullmatch(text)) or bool(SENTENCE.fullmatch(text))
