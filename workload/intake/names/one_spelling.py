"""One spelling for each school and each person in every table.

Names are compared without case, blanks and punctuation. A school whose usual abbreviation is spelled out ("Lincoln
ES", "Lincoln Elem.") and a full name in the other order are taken and told; anything less alike is only suggested.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set

from workload.intake.answers.findings import NOTHING, Findings, Question, merged
from workload.intake.cells.cells import tidy
from workload.intake.cells.day_plan import as_text, has_only_days, read_day_plan
from workload.intake.cells.near_names import likely, nearest, school_key, school_words
from workload.intake.names.people_spelling import respelled
from workload.model.issues import NOTICE, WARNING, Issue
from workload.model.roster import NO_SCHOOL
from workload.model.words import count

Tables = dict[str, dict[str, list]]
BASE = "base_school"
SCHOOL_COLUMNS = (
    ("services", "school"),
    ("evaluations", "school"),
    ("therapists", BASE),
    ("travel", "from"),
    ("travel", "to"),
    ("time_log", "school"),
)
APART = re.compile(r"\s*[;,/&+]\s*|\s+and\s+")
SEPARATORS = re.compile(r"\s*[,;:]\s*")  # a day plan is cut at these, so a school name cannot hold them
IN_BRACKETS = re.compile(r"\([^)]*\)")  # "Cedar (M/W)"
CHOICES_SHOWN, MOST_WORDS = 4, 12


def link_schools(tables: Tables, schools) -> Findings:
    """Settle the names of schools in place; says what could not be settled.

    schools  `SchoolNames`, or the schools of the members of a cooperative
    """
    said = NOTHING
    for table, column in SCHOOL_COLUMNS:
        if column == BASE and column in tables[table]:
            said += _one_base_each(tables[table], schools)
        if column in tables[table]:
            tables[table][column] = schools.column(table, column)
    if "days" in tables["therapists"]:
        tables["therapists"]["days"], of_days = _day_plans(tables["therapists"], schools)
        said += of_days
    return said + schools.report()


def _one_base_each(rows: dict[str, list], schools) -> Findings:
    """A base school that names several known schools is none of them, and no school of its own: told, and left out."""
    several = [at for at, written in enumerate(rows[BASE]) if written and _are_several(written, schools)]
    if not several:
        return NOTHING
    rows[BASE] = [None if at in several else written for at, written in enumerate(rows[BASE])]
    return NOTHING + Issue(
        "several-base-schools",
        WARNING,
        f"The base school names several schools in {count(len(several), 'row')}, so none is taken for it. Travel is counted as "
        "where no base is given.",
        "Name the one school at which the person starts the day, or leave the cell empty.",
        file=rows["file"][several[0]],
        sheet=rows["sheet"][several[0]],
        row=rows["row"][several[0]],
        column=BASE,
    )


def _are_several(written: str, schools) -> bool:
    if schools.known(written) is not None:
        return False
    parts = [part for part in APART.split(written) if part.strip()]
    return all(map(schools.known, parts)) if len(parts) > 1 else _are_known_in_a_row(written.split(), schools)


def _are_known_in_a_row(words: list[str], schools) -> bool:
    """Whether words are the names of known schools one after the other: lines of a cell, which are joined by then."""
    return any(
        schools.known(" ".join(words[:at]))
        and (schools.known(" ".join(words[at:])) is not None or _are_known_in_a_row(words[at:], schools))
        for at in range(1, min(len(words), MOST_WORDS))
    )


class SchoolNames:
    """Every way a school is written, and the one spelling it is settled to. Lives as long as one load."""

    def __init__(self, tables: Tables, answers: Mapping[str, str]) -> None:
        self._tables, self._answers = tables, answers
        self._unknown: dict[str, None] = {}  # in the order in which they are first written
        self._columns: list[tuple[Mapping[str, list], list[str | None]]] = []  # rows, and the school of each
        self._settled: dict[str, str] = {}
        self._known, self._listed_twice = self._listed()
        self.is_listed = bool(self._known)
        self._by_words = _only_one(self._known.values())
        self._respelled: dict[str, str] = {}

    def _listed(self) -> tuple[dict[str, str], Findings]:
        """Key (name or code) -> name, from the Schools sheet, which is rewritten to the settled names."""
        sheet = self._tables["schools"]
        names = [clean(name) for name in sheet.get("school", ())]
        sheet["school"] = names
        known: dict[str, str] = {}
        said = NOTHING
        first = {school_key(name): at for at, name in reversed(list(enumerate(names)))}
        repeats = {at for at, name in enumerate(names) if first[school_key(name)] != at}
        again = [at for at, name in enumerate(names) if known.setdefault(school_key(name), name) and at in repeats]
        if again:
            listed = ", ".join(dict.fromkeys(names[at] for at in again[:CHOICES_SHOWN]))
            said += Issue(
                "school-listed-twice",
                WARNING,
                f"{len(again)} rows repeat the name of a school that is listed "
                f"already: {listed}. They are taken for the same school.",
                "Keep one row for each school, or tell them apart by name.",
                file=sheet["file"][again[0]],
                sheet=sheet["sheet"][again[0]],
                row=sheet["row"][again[0]],
                column="school",
                value=names[again[0]],
            )
        codes = sheet.get("school_code", [None] * len(names))
        for code, name in zip(codes, names, strict=True):
            for spelled in {code, code.lstrip("0")} if code else ():
                known.setdefault(school_key(spelled), name)
        return known, said

    def column(self, table: str, column: str) -> list[str | None]:
        """A column with every school in its settled spelling."""
        rows = self._tables[table]
        known = {written: self.name(written) if written else None for written in dict.fromkeys(rows[column])}
        self._columns.append((rows, [known[written] for written in rows[column]]))
        return self._columns[-1][1]

    def name(self, written: str, home: str | None = None) -> str:
        """The settled spelling of one school. home  the member district of the row, which one district alone has not"""
        answer = self._answers.get(written) or self._answers.get(
            clean(written)
        )  # "Oak, Elm" is asked about as "Oak Elm"
        name = clean(answer or written)
        key = school_key(name)
        if key in self._known:
            return self._known[key]
        if not answer and (same := self._by_words.get(school_words(name))):
            self._respelled[name] = same
            return same
        if key not in self._settled:
            self._settled[key] = name
            self._unknown.setdefault(name)
        return self._settled[key]

    @property
    def names(self) -> tuple[str, ...]:
        """Every school by its settled spelling."""
        return tuple(dict.fromkeys((*self._known.values(), *self._settled.values())))

    def known(self, written: str) -> str | None:
        """The settled spelling of a school that is known by this name, code or abbreviation; None for another."""
        name = clean(self._answers.get(written) or self._answers.get(clean(written)) or written)
        key = school_key(name)
        return self._known.get(key) or self._settled.get(key) or self._by_words.get(school_words(name))

    def report(self) -> Findings:
        """Say which names are not on the Schools sheet; without a sheet, which ones may be one school."""
        said = [self._listed_twice, respelled("schools-respelled", "Schools", self._respelled)]
        listed = list(dict.fromkeys(self._known.values()))
        near = self._nearest_listed(listed) if listed else self._written_alike()
        several = {} if listed else self._of_several()
        near = {name: other for name, other in near.items() if name not in several}
        wanted = {name for name in self._unknown if name != NO_SCHOOL and (listed or name in near or name in several)}
        of_name = self._places(wanted)
        for name, places in of_name.items():
            if name in several:
                said.append(_ask_which(name, several[name], places))
                continue
            known = listed or [other for other in self._unknown if other != name]
            said.append(self._ask(name, near.get(name, ""), known, places))
        return merged(said)

    def _places(self, wanted: Set[str]) -> dict[str, list[tuple[str, str, int]]]:
        """Where each of these names stands, in the order in which they are first written."""
        found: dict[str, list[tuple[str, str, int]]] = {name: [] for name in self._unknown if name in wanted}
        for rows, names in self._columns if wanted else ():
            for at, name in enumerate(names):
                if name is not None and name in wanted:
                    found[name].append((rows["file"][at], rows["sheet"][at], rows["row"][at]))
        return {name: places for name, places in found.items() if places}

    def _nearest_listed(self, listed: list[str]) -> dict[str, str]:
        """Unknown name -> the listed name that is most like it."""
        words = [school_words(name) for name in listed]
        found = {name: nearest(school_words(name), words) for name in self._unknown}
        return {name: listed[at] for name, at in found.items() if at is not None}

    def _of_several(self) -> dict[str, list[str]]:
        """Without a Schools sheet: a name that is put together of others -> these, in the order of the name."""
        found = {}
        for name in self._unknown:
            keys = [school_key(part) for part in APART.split(IN_BRACKETS.sub(" ", name)) if part.strip()]
            if len(keys) == 1:
                keys = self._keys_in_a_row(IN_BRACKETS.sub(" ", name).split(), school_key(name))
            parts = [self._settled.get(key, "") for key in dict.fromkeys(keys)]
            if len(parts) > 1 and all(parts) and name not in parts:
                found[name] = parts
        return found

    def _keys_in_a_row(self, words: list[str], own: str) -> list[str]:
        """The keys of the schools that words name one after the other; empty where they do not."""
        for at in range(1, min(len(words), MOST_WORDS) + 1):
            key = school_key(" ".join(words[:at]))
            if key in self._settled and key != own:
                rest = self._keys_in_a_row(words[at:], own)
                if at == len(words) or rest:
                    return [key, *rest]
        return []

    def _written_alike(self) -> dict[str, str]:
        """Without a Schools sheet: name -> an earlier name with the same words once abbreviations are spelled out."""
        first: dict[tuple[str, ...], str] = {}
        found = {}
        for name in self._unknown:
            earlier = first.setdefault(tuple(sorted(school_words(name).split())), name)
            if earlier != name:
                found[name] = earlier
        return found

    def _ask(self, name: str, near: str, others: list[str], places: list[tuple[str, str, int]]) -> Findings:
        rows = count(len(places), "row")
        perhaps = f" It may be {near}." if near else ""
        file, sheet, row = places[0]
        message = (
            f'"{name}" is not on the Schools sheet ({rows}).{perhaps} It is kept as a school of its own.'
            if self.is_listed
            else f'"{name}" ({rows}) and "{near}" may be one school. They are kept apart.'
        )
        said = NOTHING + Issue(
            "school-unknown" if self.is_listed else "school-similar",
            WARNING,
            message,
            "Use one spelling, or answer the question about this name.",
            file=file,
            sheet=sheet,
            row=row,
            column="school",
            value=name,
        )
        choices = tuple((other, other) for other in likely(name, others, school_words, CHOICES_SHOWN))
        return said + Question(
            f"school:{name}",
            f'Which school is "{name}"?',
            (*choices, (name, "A school of its own")),
            tuple(places),
            "school",
            name,
            near,
            name,
            "name",
        )


def _ask_which(name: str, parts: list[str], places: list[tuple[str, str, int]]) -> Findings:
    """A cell that names two schools is told and asked about: it would be a third one, with travel of its own."""
    rows, (file, sheet, row) = count(len(places), "row"), places[0]
    said = NOTHING + Issue(
        "school-several",
        WARNING,
        f'"{name}" ({rows}) names several schools of the file. It is kept as a school of its own.',
        "Give each school a row with its part of the minutes, or answer the question about this name.",
        file=file,
        sheet=sheet,
        row=row,
        column="school",
        value=name,
    )
    choices = (*((part, part) for part in parts), (name, "A school of its own"))
    return said + Question(
        f"school:{name}",
        f'At which school are the students of "{name}" served?',
        choices,
        tuple(places),
        "school",
        name,
        applied=name,
        free="name",
    )


def _only_one(names: Iterable[str]) -> dict[str, str]:
    """Words with abbreviations spelled out -> the one school that has them."""
    found: dict[str, set[str]] = {}
    for name in names:
        found.setdefault(school_words(name), set()).add(name)
    return {words: next(iter(same)) for words, same in found.items() if words and len(same) == 1}


def clean(name: str) -> str:
    return SEPARATORS.sub(" ", tidy(name)).strip()


def _day_plans(rows: Mapping[str, list], schools) -> tuple[list[str | None], Findings]:
    """Day plans with settled names, as "Mon: Oak; Tue: Oak, Elm"; None where a cell names no days."""
    made: list[str | None] = []
    said = NOTHING
    home = rows.get("district") or [None] * len(rows["days"])
    for at, text in enumerate(rows["days"]):
        plan = read_day_plan(text, schools.names) if text else None
        if text and plan is None:
            said += Issue(
                "day-plan-unclear",
                NOTICE,
                f"The day plan names no {'schools' if has_only_days(text) else 'days'}, so it is not used; travel is counted "
                "from the number of schools.",
                "Write it as Mon: Oak; Tue: Oak, Elm.",
                file=rows["file"][at],
                sheet=rows["sheet"][at],
                row=rows["row"][at],
                column="days",
                value=text[:60],
            )
        made.append(as_text(tuple((day, _settle(named, schools, home[at])) for day, named in plan)) if plan else None)
    return made, said


def _settle(names: Iterable[str], schools, home: str | None) -> tuple[str, ...]:
    return tuple(schools.name(each, home) for each in names)
