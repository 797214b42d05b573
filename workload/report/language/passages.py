"""The sentences that carry the ask to people who vote and to families in the room, in the language of the packet.

    passages(view)[0]["ask"]        # "Add 3.2 FTE of occupational therapy time (likely 2.6 to 4.8)."

One passage for each language, in the order ask, headline, schools; both are phrased from the same written numbers.
"""

from __future__ import annotations

from collections.abc import Mapping

from workload.explain.headline import headline, standing_of
from workload.report.ask import Ask, ask_of
from workload.report.language import english, spanish
from workload.report.language.languages import SPANISH, TAGS, each
from workload.report.lengths import LONGEST_NAME, shorter
from workload.report.reader_view import View

ORDER = ("ask", "headline", "schools")


def passages(view: View) -> list[dict[str, str]]:
    """For each language of the packet: lang ("en"), tag ("en-US"), subject, title, ask, headline, schools (empty for none)."""
    ask = ask_of(view)
    return [_passage(view, ask, language) for language in each(view.settings.language)]


def _passage(view: View, ask: Ask, language: str) -> dict[str, str]:
    words, name = spanish if language == SPANISH else english, shorter(view.settings.district_name, LONGEST_NAME)
    return {
        "lang": language,
        "tag": TAGS[language],
        "subject": f"{words.SUBJECT}: {name}" if name else words.SUBJECT,
        "title": words.title(ask, name),
        "ask": words.ask_sentence(ask),
        "headline": spanish.headline(standing_of(view.told), name, explained=bool(ask.fte))
        if language == SPANISH
        else headline(view.told, name),
        "schools": words.schools_sentence(ask),
    }


def sentences(passage: Mapping[str, str]) -> list[str]:
    """The sentences of a passage in their order."""
    return [passage[name] for name in ORDER if passage[name]]


def to_copy(said: list[dict[str, str]], mark: str = "") -> str:
    """The passages as plain text for an agenda: for each language its subject and a paragraph, under the mark of an
    internal packet.
    """
    return "\n\n".join([mark] * bool(mark) + ["\n".join([one["subject"], " ".join(sentences(one))]) for one in said])
