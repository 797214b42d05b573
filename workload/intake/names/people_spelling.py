"""One spelling for each person, vacant posts, and people who are named but not listed."""

from __future__ import annotations

import math
from collections.abc import Mapping

from workload.intake.answers.findings import NOTHING, Findings, Question, merged
from workload.intake.answers.import_map import ImportMap
from workload.intake.cells.near_names import (
    assistant_in,
    is_part_of,
    is_vacant,
    likely,
    names_alike,
    nearest,
    of_our_service,
    person_key,
    person_words,
    several_people,
    without_credentials,
)
from workload.intake.names.listed_people import keep, listed_people
from workload.intake.names.split_rows import JOINED, split_between
from workload.model.columns import normalized
from workload.model.issues import NOTICE, WARNING, Issue
from workload.model.roster import UNASSIGNED
from workload.model.words import count

Tables = dict[str, dict[str, list]]
CHOICES_SHOWN = 4
SPELLINGS_SHOWN = 40
JOINED_SUPERVISORS = "; "
PARTS_OF_NAMES, SAME = "parts-of-names", "same"  # "Rivers" on the services, "Rivers, Kim" on the Therapists sheet


def link_people(tables: Tables, decisions: ImportMap) -> Findings:
    """Settle the names of people in place. Nobody in post is None, which is Unassigned. Says what could not be settled."""
    vacant = _vacant_posts(tables)
    had_sheet = bool(tables["therapists"].get("therapist"))
    answers = decisions.therapists
    listed, twice = listed_people(tables, decisions)
    people = _People(listed, answers, had_sheet, decisions.answers.get(PARTS_OF_NAMES, ""))
    split_between(tables["services"], answers)
    for table in ("services", "evaluations", "time_log"):
        if "therapist" in tables[table]:
            tables[table]["therapist"] = people.column(tables[table], "therapist", table)
    if "supervisor" in tables["therapists"]:
        rows = tables["therapists"]
        one_each = {**rows, "supervisor": [people.first_of_several(written) for written in rows["supervisor"]]}
        settled = people.column(one_each, "supervisor", "supervisor")
        rows["supervisor"] = [
            JOINED_SUPERVISORS.join(people.several(written)) or one
            for written, one in zip(rows["supervisor"], settled, strict=True)
        ]
    return merged((vacant, twice, people.report(), NOTHING if had_sheet else _assumed(tables)))


def vacant_posts(rows: Mapping[str, list]) -> tuple[tuple[str, float], ...]:
    """(role, FTE) of each vacant row of the Therapists sheet; a role that is not given is an OT's."""
    names = rows.get("therapist", [])
    role, fte = (rows.get(name) or [None] * len(names) for name in ("role", "fte"))
    return tuple(
        (role[at] or "OT", math.nan if fte[at] is None else float(fte[at]))
        for at, name in enumerate(names)
        if is_vacant(name)
    )


def _assumed(tables: Tables) -> Findings:
    names = {name for name in tables["services"].get("therapist", ()) if name}
    if names:
        count = (
            "The person named on the services is"
            if len(names) == 1
            else (f"The {len(names)} people named on the services are")
        )
        return NOTHING + Issue(
            "therapists-assumed",
            NOTICE,
            f"There is no Therapists sheet. {count} in post, but nobody has said with what role and hours, so the need "
            "is shown, but no gap.",
            "Type in who is in post, or add a Therapists sheet with each person's role and FTE.",
        )
    if tables["services"].get("student"):
        return NOTHING + Issue(
            "therapists-none",
            WARNING,
            "The file names no therapists, so all work is Unassigned and nobody is counted as available.",
            "Add a therapist column to the services, or a Therapists sheet.",
        )
    return NOTHING


def _vacant_posts(tables: Tables) -> Findings:
    """Vacant rows of the Therapists sheet are budgeted posts: told, and left out of the people in post."""
    rows = tables["therapists"]
    names = rows.get("therapist", [])
    vacant = [at for at, name in enumerate(names) if is_vacant(name)]
    if not vacant:
        return NOTHING
    fte = [value for at in vacant if (value := rows.get("fte", [None] * len(names))[at]) is not None]
    posts = count(len(vacant), "vacant post is", "vacant posts are")
    budgeted = f" with {sum(fte):g} FTE" if fte else ""
    unknown = len(vacant) - len(fte)
    without = f" For {count(unknown, 'post')} no FTE is given, so nothing counts as budgeted there." if unknown else ""
    told = Issue(
        "vacant-posts",
        NOTICE,
        f"{posts} listed{budgeted}. Vacant posts count as budgeted, not as available.{without}",
        "Give the FTE of each vacant post."
        if unknown
        else "Nothing to do. Replace the row with the person's name once the post is filled.",
        file=rows["file"][vacant[0]],
        sheet=rows["sheet"][vacant[0]],
        row=rows["row"][vacant[0]],
        column="therapist",
    )
    keep(rows, [at for at in range(len(names)) if at not in set(vacant)])
    return NOTHING + told


def _full_names(listed: Mapping[str, str]) -> dict[str, str]:
    """Words of a full name in alphabetical order -> the one listed person who has them. Initials are not enough."""
    found: dict[str, set[str]] = {}
    for name in listed.values():
        words = person_words(name)
        if len(words.split()) > 1 and all(len(word) > 1 for word in words.split()):
            found.setdefault(words, set()).add(name)
    return {words: next(iter(same)) for words, same in found.items() if len(same) == 1}


def respelled(code: str, what: str, pairs: Mapping[str, str]) -> Findings:
    """One notice for all names that are written another way than listed and were taken for the listed one."""
    if not pairs:
        return NOTHING
    told = [f'"{written}" for {listed}' for written, listed in sorted(pairs.items())]
    more = f"; and {len(told) - SPELLINGS_SHOWN} more" if len(told) > SPELLINGS_SHOWN else ""
    return NOTHING + Issue(
        code,
        NOTICE,
        f"{what} are written in {len(told)} other ways than listed, and were taken for the listed "
        f"ones: {'; '.join(told[:SPELLINGS_SHOWN])}{more}.",
        "Check that each pair is one and the same.",
    )


class _People:
    """Every way a person is written, and the listed name it is settled to."""

    def __init__(self, listed: dict[str, str], answers: Mapping[str, str], had_sheet: bool, parts: str = "") -> None:
        self._parts = parts  # what a person has answered about parts of names
        self.listed_people, self._answers, self._had_sheet = listed, answers, had_sheet
        self._by_words = _full_names(listed)
        self._respelled: dict[str, str] = {}
        self._unlisted: dict[str, dict[str, list[tuple[str, str, int]]]] = {}
        self._assistant: dict[str, str] = {}  # cell with several names -> the one who is an assistant, and serves

    def column(self, rows: Mapping[str, list], column: str, use: str) -> list[str | None]:
        """A column with every person as listed; None for a vacancy and for a person who is not listed."""
        cells = rows[column]
        settled = {
            written: (None, "") if written is None else self._settle(written) for written in dict.fromkeys(cells)
        }
        if any(unlisted for _, unlisted in settled.values()):
            for at, written in enumerate(cells):
                if unlisted := settled[written][1]:
                    place = (rows["file"][at], rows["sheet"][at], rows["row"][at])
                    self._unlisted.setdefault(unlisted, {}).setdefault(use, []).append(place)
        taken = {
            written: unlisted if unlisted and use == "time_log" else name
            for written, (name, unlisted) in settled.items()
        }
        return [taken[written] for written in cells]

    def several(self, written: str | None) -> tuple[str, ...]:
        """The listed people of a cell that names several of them and nobody else; empty for any other cell."""
        if not written or person_key(written) in self.listed_people or person_words(written) in self._by_words:
            return ()
        for names in (several_people(written), tuple(part.strip() for part in written.split(",") if part.strip())):
            if len(names) > 1 and (them := self._all_listed(names)):
                return tuple(dict.fromkeys(them))
        return ()

    def first_of_several(self, written: str | None) -> str | None:
        """The first person of a cell that names several listed people, else the cell as it is."""
        return next(iter(self.several(written)), written)

    def _settle(self, written: str) -> tuple[str | None, str]:
        """(settled name, "") or (None, the name that is not listed)."""
        if self._answers:
            written = self._answers.get(written, self._answers.get(without_credentials(written), written))
        written = of_our_service(written) if written else written
        if not written or written == UNASSIGNED or is_vacant(written):
            return None, ""
        bare = without_credentials(written)
        key = normalized(bare)  # as `person_key` makes it
        if key in self.listed_people:
            return self.listed_people[key], ""
        if same := self._by_words.get(" ".join(sorted(key.split()))):
            self._respelled[bare] = same
            return same, ""
        if self._parts == SAME and (one := self._only_one_like(written)):
            self._respelled[bare] = one
            return one, ""
        if self._had_sheet or several_people(written):
            self._assistant[bare] = assistant_in(written)
            return None, bare
        self.listed_people[key] = bare
        return self.listed_people[key], ""

    def report(self) -> Findings:
        """One finding and one question for each name that is not on the Therapists sheet."""
        said = [respelled("therapists-respelled", "People", self._respelled)]
        if not self._had_sheet:
            said.append(self._alike())
        known = list(self.listed_people.values())
        known_words = [person_words(one) for one in known]
        in_short, by_parts = self._ask_about_parts()
        said.append(by_parts)
        for name, uses in self._unlisted.items():
            at = nearest(person_words(name), known_words)
            near = known[at] if at is not None else ""
            for use, places in uses.items():
                said.append(self._unlisted_finding(name, use, places, near))
            if name in in_short:
                continue
            near = self._assistant.get(name) or near
            named = several_people(name)
            choices = (*named, *likely(name, known, person_words, CHOICES_SHOWN))
            shared = self._all_listed(named)
            asked = Question(
                f"therapist:{name}",
                f'Who is "{name}"?',
                (
                    *(
                        (choice, choice)
                        for choice in dict.fromkeys(choices)
                        if person_key(choice) in self.listed_people or (choice in named and not self._had_sheet)
                    ),
                    *((JOINED.join(shared), f"{' and '.join(shared)}, with equal parts") for _ in shared[:1]),
                    (UNASSIGNED, "Nobody in post: leave the work Unassigned"),
                ),
                tuple(place for places in uses.values() for place in places),
                "therapist",
                name,
                near,
                UNASSIGNED,
                "name",
            )
            said.append(NOTHING + asked)
        return merged(said)

    def _only_one_like(self, written: str) -> str:
        """The only listed person of whose name the written one is a part; empty for none or several."""
        found = [one for one in self.listed_people.values() if is_part_of(written, one)] if self._had_sheet else []
        return found[0] if len(found) == 1 and not several_people(written) else ""

    def _ask_about_parts(self) -> tuple[frozenset[str], Findings]:
        """One question for all names that are part of one listed name each, where there are several of them."""
        pairs = {name: one for name in self._unlisted if (one := self._only_one_like(name))}
        if len(pairs) < 2 or self._parts:
            return frozenset(), NOTHING
        listed = "; ".join(f"{name} for {one}" for name, one in list(pairs.items())[:SPELLINGS_SHOWN])
        return frozenset(pairs), NOTHING + Question(
            f"file:{PARTS_OF_NAMES}",
            f"{len(pairs)} people are named in short on other sheets. Are they the listed ones: {listed}?",
            ((SAME, "Yes, these are the same people"), ("each", "Ask about each of them")),
            tuple(place for name in pairs for places in self._unlisted[name].values() for place in places),
            "therapist",
            suggestion=SAME,
        )

    def _all_listed(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The listed spelling of several people; empty unless every one of them is listed."""
        settled = tuple(self.listed_people.get(person_key(name)) or self._one_with(name) for name in names)
        return settled if all(settled) else ()

    def _one_with(self, name: str) -> str:
        """The only listed person whose name has this word: "Kim" for Kim Vale."""
        found = [one for one in self.listed_people.values() if person_key(name) in person_key(one).split()]
        return found[0] if len(found) == 1 else ""

    def _unlisted_finding(self, name: str, use: str, places, near: str) -> Findings:
        perhaps = f" It may be {near}." if near else ""
        rows = count(len(places), "row")
        file, sheet, row = places[0]
        code, meant = {
            "services": ("therapist-not-listed", "The work is counted as Unassigned."),
            "evaluations": ("therapist-not-listed", "The evaluation falls to the student's own OT."),
            "time_log": ("therapist-not-listed", "The entries are kept under this name."),
            "supervisor": ("supervisor-unknown", "The OTA is counted without a supervising OT."),
        }[use]
        several = " The cell names several people; minutes are not split between them." if several_people(name) else ""
        return NOTHING + Issue(
            code,
            WARNING,
            f"{name} is not on the Therapists sheet ({rows}).{perhaps}{several} {meant}",
            "Add the person to the Therapists sheet, or correct the name.",
            file=file,
            sheet=sheet,
            row=row,
            column="supervisor" if use == "supervisor" else "therapist",
            value=name,
        )

    def _alike(self) -> Findings:
        """Without a Therapists sheet: names that may be one person, such as "Kim, A." and "A. Kim", or "KA" and "Ada Kim"."""
        said = NOTHING
        for name, others in names_alike(list(self.listed_people.values())).items():
            named = f'"{others[0]}"' if len(others) == 1 else f"one of {', '.join(others)}"
            said += Issue(
                "therapist-similar",
                WARNING,
                f'"{name}" and {named} may be one person. They are counted as two.',
                "Use one spelling, or answer the question about this name.",
                column="therapist",
                value=name,
            )
            said += Question(
                f"therapist:{name}",
                f'Is "{name}" the same person as {named}?',
                (*((other, f"Yes, {other}") for other in others), (name, "No, two people")),
                (),
                "therapist",
                name,
                others[0] if len(others) == 1 else "",
                name,
            )
        return said
