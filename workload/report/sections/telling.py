"""What a document is told from: one reader's view of the answer, in one language, with the words of the district."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from workload import METHOD_DATE, __version__
from workload.explain.headline import headline, standing_of
from workload.model.kept import Keeps
from workload.model.parameters import parameters
from workload.model.roster import UNASSIGNED
from workload.model.words import day_in, in_words, percent, rounded
from workload.premises.premise_list import open_premises, premises_of
from workload.premises.records import FINAL, NEED_ONLY
from workload.report.ask import ask_of
from workload.report.ask_record import COVER, Ask
from workload.report.language import english, spanish
from workload.report.language.ask_words import ASK, HEADLINE, SCHOOLS, branch_of, numbers_of, schools_named
from workload.report.language.languages import ENGLISH, SPANISH
from workload.report.language.wording import Wording
from workload.report.lengths import LONGEST_NAME, shorter
from workload.report.money import Position, positions
from workload.report.packet_choices import MOST_OPTIONS, Option
from workload.report.reader_view import View
from workload.report.sections.page_blocks import Block, Section
from workload.report.table_files import for_a_cell
from workload.report.told_ask import EITHER, told_gap_after
from workload.report.told_people import TwoWeeks, two_weeks
from workload.scenarios.ask_outcome import ask_outcome
from workload.scenarios.cost import Rates
from workload.scenarios.priced_ask import PricedAsk, priced_ask
from workload.staffing.delivered.compliance import Delivered

PHRASES = {ENGLISH: english, SPANISH: spanish}  # who phrases the ask in a language
DAYS: dict[str, Callable[[date], str]] = {ENGLISH: in_words, SPANISH: spanish.in_words}


@dataclass(frozen=True)
class Sentence:
    """A sentence of a document as it is said: its key, its values as written, and whether the district words it."""

    key: str
    text: str
    values: dict[str, str]
    own: bool = False


@dataclass(frozen=True, eq=False)
class Telling(Keeps):
    """One document's voice. `spoken` collects its sentences by key, so that a page can offer them for other words."""

    view: View
    language: str = ENGLISH
    options: tuple[Option, ...] = ()
    delivered: Delivered | None = None
    person: str = ""
    spoken: dict[str, Sentence] = field(default_factory=dict, repr=False)

    # Words

    @cached_property
    def words(self) -> Wording:
        """The sentences of this language."""
        return Wording(self.language, self.view.settings.worded(self.language))

    def say(self, key: str, **values: object) -> str:
        """A sentence of the catalog with its values."""
        written = {name: str(value) for name, value in values.items()}
        text = self.words(key, **written)
        self.spoken[key] = Sentence(key, text, written, key in self.words.own)
        return text

    def posts(self, key: str, **values: object) -> str:
        """A sentence that rests on who is in post: over an open premise it says that it is provisional."""
        return f"{self.so_far}{self.say(key, **values)}"

    def word(self, key: str, **values: object) -> str:
        """A heading or a word of a table; it is not worded otherwise."""
        return self.words(key, **{name: str(value) for name, value in values.items()})

    def section(self, code: str, *blocks: Block, **more: Any) -> Section:
        """A section under its own heading."""
        return Section(code, self.word(f"head.{code}"), blocks, **more)

    def heads(self, *names: str) -> tuple[str, ...]:
        """The heads of a table's columns."""
        return tuple(self.word(f"table.{name}") for name in names)

    def provisionally(self, key: str) -> str:
        """A heading over numbers that rest on who is in post."""
        return f"{self.so_far}{self.word(key)}"

    @cached_property
    def so_far(self) -> str:
        """What stands before a sentence over an open premise; empty for a final answer."""
        status = self.view.status
        return "" if status == FINAL else self.word("mark.need_so_far" if status == NEED_ONLY else "mark.so_far")

    @property
    def mark(self) -> str:
        """The status as it is drawn in a picture; empty for a final answer."""
        return self.so_far.strip(": ")

    def role(self, role: str) -> str:
        """OT, OTA, or both where a part is told for them together."""
        return self.word("word.either_role") if role == EITHER else role

    def day(self, day: date | None) -> str:
        """A day as it is written; that the end is open where none is given."""
        return self.word("word.open_end") if day is None else DAYS[self.language](day)

    def parameter(self, id: str) -> str:
        """What an assumption is called."""
        return self.word(f"parameter.{id}") if self.words.has(f"parameter.{id}") else parameters()[id].label

    @property
    def english(self) -> bool:
        return self.language == ENGLISH

    # The ask

    @cached_property
    def name(self) -> str:
        """The district's name, or words in its place."""
        typed = self.view.settings.district_name.strip()
        return shorter(for_a_cell(typed), LONGEST_NAME) if typed else self.word("word.district")

    @property
    def name_inside(self) -> str:
        """The district's name inside a sentence."""
        return self.name if self.view.settings.district_name.strip() else self.word("word.district_inside")

    @cached_property
    def recommended(self) -> Option | None:
        """The option that the district recommends; None where it has marked none."""
        return next((one for one in self.options[:MOST_OPTIONS] if one.recommended), None)

    @cached_property
    def two_weeks(self) -> TwoWeeks | None:
        """Two weeks of one role that may be told; None without such a pair."""
        return two_weeks(self.view)

    @cached_property
    def ask(self) -> Ask:
        return ask_of(self.view)

    @cached_property
    def branch(self) -> str:
        return branch_of(self.ask)

    @cached_property
    def title(self) -> str:
        """The finding in a line."""
        return PHRASES[self.language].title(self.ask, shorter(self.view.settings.district_name, LONGEST_NAME))

    @cached_property
    def headline(self) -> str:
        name = shorter(self.view.settings.district_name, LONGEST_NAME)
        ours = (
            headline(self.view.told, name)
            if self.english
            else PHRASES[self.language].headline(standing_of(self.view.told), name, explained=bool(self.ask.fte))
        )
        return self._instead(f"{HEADLINE}_{self.branch}", ours, numbers_of(self.ask, self.name))

    @cached_property
    def ask_sentence(self) -> str:
        ours = PHRASES[self.language].ask_sentence(self.ask)
        return self._instead(f"{ASK}_{self.branch}", ours, numbers_of(self.ask, self.name))

    @cached_property
    def schools_sentence(self) -> str:
        ours = PHRASES[self.language].schools_sentence(self.ask)
        if not ours or self.branch != "add":
            return ours
        return self._instead(f"{SCHOOLS}_add", ours, schools_named(self.ask, self.name))

    def _instead(self, key: str, ours: str, values: dict[str, str]) -> str:
        known = {name: value for name, value in values.items() if value}
        text = self.words.instead(key, ours, values)
        self.spoken[key] = Sentence(key, text, known, key in self.words.own)
        return text

    # Money and dates

    @cached_property
    def prices(self) -> Rates:
        return Rates().changed(dict(self.view.settings.rates))

    @cached_property
    def start(self) -> date | None:
        """The day by which the time is needed, where the typed words are a day."""
        day = day_in(self.view.settings.needed_by)
        return None if day is None or day < self.view.answer.day else day

    @cached_property
    def asked(self) -> PricedAsk | None:
        """The ask of the day with its money, priced from the day on which it is needed."""
        return priced_ask(self.view.answer, self.prices, self.start)

    @cached_property
    def positions(self) -> list[Position]:
        """The positions of the ask with their money as told."""
        return [] if self.asked is None else positions(self.ask.parts, self.asked)

    @property
    def covers(self) -> bool:
        """Whether some of the ask is cover, which does not wait for the day on which posts are needed."""
        return any(part.kind == COVER for part in self.ask.parts)

    @property
    def examples(self) -> bool:
        """Whether a dollar of the ask is made of an example."""
        return bool(self.asked and self.asked.example_rates)

    def cost(self) -> tuple[float, float]:
        """Dollars of this school year and of a full one, of all positions."""
        return sum(one.this_year for one in self.positions), sum(one.full_year for one in self.positions)

    @cached_property
    def later(self) -> View | None:
        """The same reader's view of the day on which the time is needed; None without such a day, or where it is this one."""
        if self.start is None or self.start == self.view.answer.day:
            return None
        return replace(self.view, answer=self.view.answer.on(self.start))

    # What the ask buys

    @cached_property
    def after(self) -> dict[str, float] | None:
        """Gap, minutes at risk and students after the whole ask, as this reader is told them; None without an ask.

        The gap is that of the district with these posts in it, whose travel and meetings come on top. Outside minutes of
        few people are withheld (NaN).
        """
        if not self.ask.fte or not self.view.time_told:
            return None
        outcome, gate = ask_outcome(self.view.answer, self.prices), self.view.gate
        if outcome is None:
            return None
        figures, people = outcome.figures, outcome.people
        if gate.open:
            minutes = figures["student_minutes_at_risk"]
        else:
            theirs = people[people["therapist"] != UNASSIGNED]["student_minutes_at_risk"].to_numpy() > 0
            told = self.view.risk_told and not gate.of_few(theirs)
            minutes = gate.minutes(figures["student_minutes_at_risk"]) if told else np.nan
        return {
            "gap": rounded(told_gap_after(self.view, figures["gap_fte"]), 1),
            "minutes": minutes,
            "gaining": figures["students_gaining_therapist"],
            "changing": figures["students_changing_therapist"],
        }

    # Premises and marks

    @cached_property
    def premises(self) -> list:
        return list(premises_of(self.view.answer))

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """What stands on each page: that the document stays inside, and that the answer is not final."""
        status, found = self.view.status, []
        if self.view.audience.internal:
            found.append(self.word("mark.internal"))
        if status == NEED_ONLY:
            found.append(self.word("mark.need"))
        elif status != FINAL:
            found.append(self.word("mark.provisional", waits=len(open_premises(self.view.answer))))
        return tuple(found)

    @cached_property
    def method(self) -> str:
        return self.word("page.method", date=self.day(date.fromisoformat(METHOD_DATE)), software=__version__)

    @cached_property
    def foot(self) -> str:
        """The last lines of a page: method, day, who checked it, whom to ask."""
        settings = self.view.settings
        checked, contact = for_a_cell(settings.checked_by.strip()), for_a_cell(settings.contact.strip())
        parts = [self.method, self.word("page.data_of", day=self.day(self.view.answer.day))]
        parts.append(self.word("page.checked", who=shorter(checked)) if checked else self.word("page.unchecked"))
        return " ".join([*parts, *([self.word("page.contact", who=shorter(contact))] if contact else [])])

    # Numbers as written

    def fte(self, value: float) -> str:
        """A told FTE as written, with a true minus."""
        if np.isnan(value):
            return self.word("word.not_shown")
        written = self.view.gate.fte_words(value)
        return f"−{written[1:]}" if written.startswith("-") else written

    def hours(self, value: float) -> str:
        return self.word("word.not_shown") if np.isnan(value) else self.view.gate.hours_words(value)

    def count(self, number: float | None) -> str:
        """A count of students or rows: itself, rounded, or "fewer than 10"."""
        gate = self.view.gate
        if gate.hides(number):
            return self.word("word.fewer", n=gate.smallest)
        return gate.count(number)

    def share(self, value: float) -> str:
        return self.word("word.not_shown") if np.isnan(value) else percent(value)

    def listed(self, parts: Sequence[str]) -> str:
        """ "A", "A and B", "A, B and C"."""
        last = f" {self.word('word.and')} "
        return "".join(parts) if len(parts) < 2 else f"{', '.join(parts[:-1])}{last}{parts[-1]}"
