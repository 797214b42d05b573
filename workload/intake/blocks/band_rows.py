"""Rows that say something of the rows beneath them: "School: Oak", "Rivers, Kim - Oak Elementary", a row of units."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from workload.intake.cells.cell_words import GRADES
from workload.intake.cells.cells import tidy
from workload.intake.cells.near_names import CREDENTIALS, is_vacant
from workload.intake.columns.heading_words import facts_of
from workload.intake.columns.looks import GONE, PENDING, SCHOOL_WORD
from workload.intake.open.opened import Value
from workload.model.coded_list import filled
from workload.model.columns import normalized

GROUP_ROW = re.compile(
    r"(school|campus|building|site|therapist|provider|caseload (?:of|for)|serviced by|ot|ota|cota)\s*(?:name)?\s*[:#]\s*(\S.*)",
    re.IGNORECASE,
)
OF_A_LIST = re.compile(
    r"\b(?:district|county|schools|unified|isd|caseload|list|rosters?|services?|students)\b|\d", re.IGNORECASE
)
# A title with one of these is about the list, the year or its author, whatever label stands before it.
OF_NO_ONE = re.compile(
    r"\b(?:all(?! saints| souls)|see|year|team|program|based|therap(?:y|ies|ists)|caseloads?|lists?|rosters?|services?|"
    r"students|schools|campuses|buildings|columns?|tabs?|sheets?|prepared|printed|updated|revised|created|compiled|"
    r"submitted|contact|supervis\w*|coordinator|director|manager|draft|confidential|page \d+|report|schedule|minutes|"
    r"workload|special ed\w*|various|multiple|several|extended|summer (?:school|session)|semester)\b|"
    r"\b(?:district|districts|county|unified|isd)$|\b20\d\d\b|\d/\d",
    re.IGNORECASE,
)
ONLY_LEVELS = re.compile(
    r"(?:(?:school|elementary|elem|middle|junior|high|secondary|primary|preschool|prek|and|level|ms|hs|es|k-8)[\s/&,+-]*)+",
    re.IGNORECASE,
)
ROLE_WORDS = re.compile(
    r"(?:ot|ota|cota|otr|otr/l|direct|consult|group|individual|weekly|monthly|staff|name|yes|no|both|elementary|"
    r"secondary|only|occupational|fall|spring|winter|summer|sept?|oct|nov|dec|jan|feb|mar|apr|aug|january|february|"
    r"july|august|september|october|november|december)\.?",
    re.IGNORECASE,
)
MONTH_ALONE = re.compile(r"march|april|may|june", re.IGNORECASE)  # and first names, where another name follows
ONE_NAME = re.compile(r"[A-Z][\w'\u2019-]+")
LABEL = re.compile(r".*:|(?:school|campus|building|site)(?: name)?", re.IGNORECASE)  # "School", beside "Oak Elementary"
ROWS_OF_TITLES, LONGEST_TITLE = 8, 5  # rows above the headings that are looked at; words of a title that is a name
GROUP_COLUMN = {"school": "school", "campus": "school", "building": "school", "site": "school"}
APART = re.compile(r"\s+[-\u2013\u2014]+\s+|\s*[|;\u2022]\s*|\s+[@/]\s+|\s+at\s+")
PERSON = re.compile(r"[A-Z][\w'\u2019-]+,\s*[A-Z][\w'\u2019.-]*(?:\s.*)?")
FULL_NAME = re.compile(r"[A-Z][\w'\u2019.-]*(?:\s+[A-Z][\w'\u2019.-]*){1,2}")
UNIT_WORDS = re.compile(
    r"[(\[]?(?:in\s+)?(?:min(?:ute)?s?|hours?|hrs?|#|no\.?|number|count|text|date|mm/dd/yyyy|m/d/y|per week|/ ?wk|weekly|id|name|"
    r"yes/no|y/n|fte|code|times|sessions?|(?:x|times|sessions?|min(?:ute)?s?)\s?(?:/|per|a)\s?(?:wk|week|mo|month|session)|"
    r"last|first|last,? first|drop ?down|list)\.?[)\]]?",
    re.IGNORECASE,
)
STATUS, LONGEST_STATE = "status", 5
OF_NOBODY = re.compile(
    r"(?:page|pg\.?)\s*\d+(?:\s*(?:of|/)\s*\d+)?|(?P<day>(?:mon|tues|wednes|thurs|fri)days?)\W*|(?:(?:last )?(?:prepared|printed|updated|created|compiled|submitted|run|exported) (?:by|on|date)\b|confidential\b|\*).*|(?:(?:last )?(?:updated|exported|run)|generated|legend|key|notes?|source|records?|record count)\b.*[\d:].*",
    re.IGNORECASE,
)
ACTIVE_BAND = re.compile(r"(?:active|current|served|receiving)\b", re.IGNORECASE)
ROWS_OF_UNITS = 2  # a row of units stands directly under the headings


@dataclass(frozen=True, eq=False)
class Bands:
    """What rows above give to the rows beneath: cells by column, and the rows that gave them."""

    cells: Mapping[str, list[Value]] = field(default_factory=dict)
    rows: frozenset[int] = frozenset()
    days: Mapping[int, str] = field(default_factory=dict)  # the day of the week under which a row stands
    unsaid: tuple[int, ...] = ()  # rows of texts alone over other rows, of which nothing says what they mean


def read_bands(
    cells: Mapping[str, list[Value]],
    order: Sequence[str],
    taken: frozenset[int],
    means: str = "",
    above: str = "",
    titles: Sequence[str] = (),
) -> Bands:
    """The band rows of a table of services.

    above  a lone text over the headings: the first band of a sheet that repeats its headings under each one
    order  names of the columns from left to right; taken  rows whose fate is known
    titles  the texts above the headings, which stand again on each printed page
    means  what a person has said that bands are: "school", "therapist" or "neither"
    """
    length = len(cells[order[0]]) if order else 0
    lone = _lone_texts(cells, order, taken)
    heads = {
        at: parts for at, text in lone.items() if (parts := _parts(text, means) | _state(text) | said_of_rows(text))
    }
    empty = frozenset(
        at for at, text in lone.items() if at not in heads and (OF_NOBODY.fullmatch(text) or text in titles)
    )
    unsaid = () if means else tuple(_over_rows(lone, heads.keys() | empty, taken, length, len(order)))
    if not heads:
        return Bands({}, empty, _days(lone, length), unsaid)
    of_above = _parts(above, means) if means or not _is_of_no_one(above) else {}
    days = _days(lone, length)
    first_of_day = {at for at in days if at in lone and at in empty}
    given: dict[str, list[Value]] = {}
    for target in sorted({name for parts in heads.values() for name in parts} - cells.keys()):
        value = (of_above | _state(above) | said_of_rows(above)).get(target) if above else None
        column: list[Value] = []
        for at in range(length):
            if target == STATUS and at in lone:
                value = None  # students who left stand under their own heading only, not under the next one
            if target == "group_id" and (at in heads or at in first_of_day):
                value = None  # a group ends with whatever stands over the next rows
            value = heads[at].get(target, value) if at in heads else value
            column.append(value)
        given[target] = column
    _tell_groups_apart(given)
    return Bands(given, frozenset(heads) | empty, days, unsaid)


def _tell_groups_apart(given: dict[str, list[Value]]) -> None:
    """ "Group A" under one school and under another are two groups."""
    groups = given.get("group_id", [])
    if not groups:
        return
    over = list(zip(*(given.get(name, [None] * len(groups)) for name in ("school", "therapist")), strict=True))
    places: dict[Value, dict[tuple[Value, ...], int]] = {}
    for at, group in enumerate(groups):
        if group is not None:
            own = places.setdefault(group, {})
            number = own.setdefault(over[at], len(own) + 1)
            groups[at] = group if number == 1 else f"{group} ({number})"


def told_above(titles: Sequence[str], taken: Set[str]) -> dict[str, str]:
    """What titles above the headings say of every row: "Therapist: Ann Vale", "Ann Vale, OTR/L", "Dover Elementary".

    taken  what a column or a band row says already. Two titles that say different things say nothing.
    """
    told: dict[str, set[str]] = {}
    of_others = any(map(DIRECT.search, titles))
    for title in titles:
        if is_of_consultation(title) and not of_others:  # and no other title says "Direct students in bold"
            told["delivery"] = {CONSULT}
        plain = not GROUP_ROW.fullmatch(title)
        if _is_of_no_one(title) or plain and (OF_A_LIST.search(title) or len(title.split()) > LONGEST_TITLE):
            continue
        for name, value in _parts(title, "").items():
            if _is_a_person(value) if name == "therapist" else not ONLY_LEVELS.fullmatch(value):
                told.setdefault(name, set()).add(value)
    return {name: next(iter(values)) for name, values in told.items() if len(values) == 1 and name not in taken}


def _is_of_no_one(title: str) -> bool:
    labelled = GROUP_ROW.fullmatch(title)
    return bool(OF_NO_ONE.search(labelled[2] if labelled else title))


def _is_a_person(text: str) -> bool:
    """Whether a text has the shape of a name, with or without a credential, or says that a post is vacant."""
    name = CREDENTIALS.sub("", text).strip()
    shaped = any(shape.fullmatch(name) for shape in (PERSON, FULL_NAME, ONE_NAME))
    other = MONTH_ALONE.fullmatch(name) or any(map(ROLE_WORDS.fullmatch, re.split(r"[\s,]+", name)))
    return is_vacant(text) or (shaped and not other)


def _state(text: str) -> dict[str, str]:
    """What a heading of a part of the list says of its students: "EXITED STUDENTS", "Pending", "Active"."""
    says = GONE.match(text) or PENDING.match(text) or ACTIVE_BAND.match(text)
    return {STATUS: text} if says and len(text.split()) <= LONGEST_STATE else {}


def _over_rows(lone: Mapping[int, str], known: Set[int], taken: Set[int], length: int, columns: int) -> list[int]:
    """Texts that stand alone over rows and say nothing that is known. Of two columns one may be a student without minutes,
    so that such a list must begin with one."""
    found = [
        at
        for at, text in lone.items()
        if at not in known
        and at + 1 < length
        and at + 1 not in lone
        and at + 1 not in taken
        and len(text.split()) <= LONGEST_TITLE
    ]
    return found if columns > 2 or 0 in found else []


def _days(lone: Mapping[int, str], length: int) -> dict[int, str]:
    """Row -> the day that stands over it: the same student under Monday and under Wednesday has two sessions."""
    days = {
        at: found["day"].casefold()
        for at, text in lone.items()
        if (found := OF_NOBODY.fullmatch(text)) and found["day"]
    }
    starts = sorted(days)
    spans = zip(starts, [*starts[1:], length], strict=False)
    return {at: days[first] for first, end in spans for at in range(first, end)}


def _lone_texts(cells, order: Sequence[str], taken: frozenset[int]) -> dict[int, str]:
    """Row -> the text of its only filled cell, for rows whose only cell stands in one of the first three columns."""
    found = {}
    for name in order[:3]:
        blank: set[int] | None = (
            None  # rows in which every other column is blank; most columns have no blank cell at all
        )
        for other in order:
            if other != name and blank != set():
                column = cells[other]
                own = (
                    {at for at, value in enumerate(column) if value is None or value == ""}
                    if _has_blank(column)
                    else set()
                )
                blank = own if blank is None else blank & own
        for at in sorted(blank or ()):
            value = cells[name][at]
            if type(value) is str and at not in taken and value.strip():
                found[at] = tidy(value)
    return dict(sorted(found.items())) if len(order) > 1 else {}


def _has_blank(column: Sequence[Value]) -> bool:
    return not filled(column).all()


def _parts(text: str, means: str) -> dict[str, str]:
    """What one band says: {"school": ..., "therapist": ...}; empty where it does not say."""
    labelled = GROUP_ROW.fullmatch(text)
    if labelled:
        return {GROUP_COLUMN.get(labelled[1].casefold(), "therapist"): labelled[2].strip()}
    if means in ("school", "therapist"):
        return {means: text}
    if means:
        return {}
    parts = [part.strip() for part in APART.split(text) if part and part.strip()]
    schools = [part for part in parts if SCHOOL_WORD.search(part)]
    people = [
        part
        for part in parts
        if part not in schools and (PERSON.fullmatch(part) or CREDENTIALS.search(part) or is_vacant(part))
    ]
    if len(parts) == 2 and len(schools) == 1 and not people:
        people = [part for part in parts if part not in schools and FULL_NAME.fullmatch(part)]
    if len(parts) == 2 and len(people) == 1 and not schools:
        schools = [part for part in parts if part not in people]
    if len(parts) > 2 or len(schools) > 1 or len(people) > 1 or len(schools) + len(people) < len(parts):
        return {}
    # A name alone may be a student's; it is a band only beside a school or with a credential.
    if len(parts) == 1 and people and not CREDENTIALS.search(people[0]):
        return {}
    return {**({"school": schools[0]} if schools else {}), **({"therapist": people[0]} if people else {})}


def titles_of(columns: Sequence[Sequence[Value]], end: int) -> list[str]:
    """The texts of the rows above the headings; a label and its value side by side are one of them."""
    titles = []
    for at in range(max(0, end - ROWS_OF_TITLES), max(end, 0)):
        cells = (column[at] for column in columns)
        row = [tidy(cell) for cell in cells if isinstance(cell, str) and cell.strip()]
        if len(row) == 2 and (LABEL.fullmatch(row[0]) or not all(map(SCHOOL_WORD.search, row))):
            titles.append(f"{row[0].rstrip(': ')}: {row[1]}")
        elif len(row) <= 2 or all(":" in text for text in row):
            titles += row
    return titles


def lone_text(columns: Sequence[Sequence[Value]], at: int) -> str:
    """The only text of a row; empty where there is none."""
    cells = [column[at] for column in columns if column[at] not in (None, "")] if at >= 0 else []
    return tidy(cells[0]) if len(cells) == 1 and isinstance(cells[0], str) else ""


def rows_of_units(cells: Mapping[str, list[Value]], order: Sequence[str]) -> list[int]:
    """Rows directly under the headings that hold units and kinds ("minutes", "text", "#") and no data."""
    length = len(cells[order[0]]) if order else 0
    found = []
    for at in range(min(ROWS_OF_UNITS, length)):
        row = [cells[name][at] for name in order if cells[name][at] not in (None, "")]
        if (
            len(row) >= 1
            and all(isinstance(value, str) and UNIT_WORDS.fullmatch(tidy(value)) for value in row)
            and len(order) > 1
        ):
            found.append(at)
        else:
            break
    return found


GRADE = re.compile(
    r"(?:(?P<before>\S+)\s+grade(?:rs)?|grades?\s*:?\s*(?P<after>\S+)|"
    r"(?P<word>(?:pre-?\s?|transitional )?kindergarten|kinder|preschool|pre-?k|tk))\W*",
    re.IGNORECASE,
)
GROUP = re.compile(r"(?:small )?group\s*[#:]?\s*(?!of\b|size\b)\w{1,3}", re.IGNORECASE)  # "Group A"
PLANS = {"504": "504", "section 504": "504", "iep": "IEP", "ieps": "IEP", "mtss": "MTSS", "rti": "MTSS", "504s": "504"}
CONSULT = "consult"
KINDS = {"direct": "individual", "individual": "individual", "group": "group", "consult": CONSULT}
DIRECT = re.compile(r"\b(?:direct|indiv\w*|group|grp|pull-?\s?out)\b", re.IGNORECASE)
BOTH = re.compile(r"(?<!\d)/|[&+,]|\b(?:and|or|plus|w/|with|y|o)\b", re.IGNORECASE)
BESIDE = frozenset({"filler", "service", "student", "ot", "ota", "related", "planned", "annual", "session", "sessions"})
LONGEST = 5  # words; a longer text is a note


def is_of_consultation(text: str) -> bool:
    """Whether a title or the name of a tab says that all rows are consultation: "OT CONSULT CASELOAD 2026-27".

    "OT and consult" and "OT/Consult" name two kinds of rows.
    """
    return said_of_rows(text).get("delivery") == CONSULT and not BOTH.search(text)


def said_of_rows(text: str) -> dict[str, str]:
    """Column -> value, for all rows beneath; empty where the text is not understood as a whole.

    >>> said_of_rows("2nd Grade"), said_of_rows("CONSULT ONLY"), said_of_rows("Speech")
    ({'grade': '2'}, {'delivery': 'consult'}, {'service': 'Speech'})
    """
    grade = GRADE.fullmatch(text)
    word = next(filter(None, grade.groups()), "").casefold().strip(" :") if grade else ""
    if word in GRADES:
        return {"grade": GRADES[word]}
    if GROUP.fullmatch(text):
        return {"delivery": "group", "group_id": text}
    plan = PLANS.get(normalized(text).removesuffix(" students").removesuffix(" plans").removesuffix(" plan"))
    if plan:
        return {"plan": plan}
    words = facts_of(text) if len(text.split()) <= LONGEST else ()
    kinds = {KINDS[fact] for facts in words for fact in facts & KINDS.keys()}
    of_summer, of_others = (any(fact in facts for facts in words) for fact in ("esy", "other"))
    known = BESIDE | KINDS.keys() | {"esy", "other", "year", "school"}
    if not words or not all(facts & known for facts in words):
        return {}
    if of_others:
        return {"service": text}
    of_year = any("year" in facts for facts in words)
    if of_summer or of_year:
        return {"esy": "yes" if of_summer else "no"}
    if len(kinds) == 1:
        return {"delivery": kinds.pop()}
    of_ot = all(facts & BESIDE for facts in words) and any(facts & {"ot", "ota"} for facts in words)
    return {"service": "OT"} if of_ot else {}
