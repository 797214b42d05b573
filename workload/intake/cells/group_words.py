"""Cells that say whether a service is given in a group and of how many: "Group of 3", "Y (3)", "G (4)", and beside them "N", "I"."""

from __future__ import annotations

import re
from collections.abc import Iterable

NUMBER = r"(\d{1,2})\)?(?:\s*(?:kids?|students?|children|pupils?|stu)\)?)?"
MARK, WORD = r"(?:yes|y|x)", r"(?:g|(?:small |sm\.? |lg\.? |large )?(?:groups?|grps?|gp))"
# "Group 3" may be the third group; "Group of 3" and "Y 3" are not.
SIZED = re.compile(
    rf"(?:{MARK}\s*[-\u2013:(=x/,]*|{WORD}\s*(?:of\s|size\s|[-\u2013:(=x]))\s*(?:of\s+)?{NUMBER}", re.IGNORECASE
)
SURELY = re.compile(
    rf"(?:{MARK}|{WORD})\b.*(?:\bof\s*\d|\(\s*\d|\d\s*(?:kid|student|child|pupil|stu)).*|{MARK}\W*\d.*", re.IGNORECASE
)
NUMBERED = re.compile(rf"{WORD}\s*[-\u2013:(=]*\s*1\)?", re.IGNORECASE)
IN_A_GROUP = frozenset({"y", "yes", "true", "x", "g", "grp", "group", "small group", "sm group", "\u2713", "\u2714"})
ALONE = frozenset({"n", "no", "false", "i", "ind", "indiv", "individual", "1:1", "solo"})
CODE = re.compile(r"[A-Za-z]{1,3}|[IVX]+")  # "NE", "III"
ABOUT_GROUPS = re.compile(r"(?<![a-z])(?:group|grp|gp|grupo)", re.IGNORECASE)  # of a heading
GROUP, INDIVIDUAL = "group", "individual"


def size_of_group(text: str) -> int | None:
    """How many a cell says that a group has: 3 of "Group of 3" and "Y (3)"; None where it says no number."""
    found = SIZED.fullmatch(text.strip())
    return int(found[1]) if found and int(found[1]) > 0 else None


def size_of_words(text: str) -> int | None:
    """The same where nothing else says that the cell is about groups: "x2" alone may be how often."""
    return None if re.match(rf"{MARK}(?![a-z])", text.strip(), re.IGNORECASE) else size_of_group(text)


def in_a_group(text: str) -> str | None:
    """What a cell under "Group?" says of the service; None for the name of a group and anything else."""
    word = text.strip().casefold()
    if word in ALONE:
        return INDIVIDUAL
    return GROUP if word in IN_A_GROUP or size_of_group(text) is not None else None


def tell_groups(texts: Iterable[str]) -> bool:
    """Whether all texts of a column say who is in a group and who is not, and some of how many or that somebody is alone.

    Letters alone may be names of groups, "G" and "I" among them, and so may be "Group-1" and "Group-2".
    """
    every = list(texts)
    if not all(map(in_a_group, every)) or _are_numbered(every) or may_tell_groups(every):
        return False
    return any(SURELY.fullmatch(text) or (is_alone(text) and any(len(other) > 1 for other in every)) for text in every)


def may_tell_groups(values: Iterable[object]) -> bool:
    """Whether values may as well be names of groups as say of how many: "G-2" and "G-3" beside "I", or "Y1" and "Y2"."""
    every = [value.strip() if isinstance(value, str) else "" for value in values]
    if not all(map(in_a_group, every)) or _are_numbered(every):
        return False
    sized = [text for text in every if size_of_group(text) is not None]
    unsure = any(map(is_alone, every)) and sized and not any(map(SURELY.fullmatch, sized))
    return bool(unsure) or any(re.fullmatch(rf"{MARK}1", text, re.IGNORECASE) for text in every)


def _are_numbered(every: Iterable[str]) -> bool:
    """Whether the groups are counted through: no group has one student, so "G-1" and "Group (1)" are names."""
    return any(size_of_group(text) == 1 and NUMBERED.fullmatch(text.strip()) for text in every)


def is_alone(text: str) -> bool:
    """Whether a cell says that a student is in no group."""
    return text.strip().casefold() in ALONE


def no_groups(cells: Iterable[object]) -> frozenset[str]:
    """The distinct cells of a column of group names that name none: "Ind" and "No" beside "Group 1".

    A letter is none only beside a longer word or a number: "I" beside "II" and "N" beside "NE" are names.
    """
    texts = [cell for cell in dict.fromkeys(cells) if isinstance(cell, str)]
    are_letters = all(CODE.fullmatch(text.strip()) or is_alone(text) for text in texts)
    are_single = all(len(text.strip()) < 2 for text in texts)
    return frozenset(
        text for text in texts if is_alone(text) and not are_single and not (are_letters and len(text.strip()) < 2)
    )
