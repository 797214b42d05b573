"""The sentences that carry the ask to people who vote and to families in the room, in the language of the packet.

    passages(view)[0]["ask"]        # "Add 3.2 FTE of occupational therapy time (likely 2.6 to 4.8)."

One passage for each language, in the order ask, headline, schools, in the district's own words where it has some.
"""

from __future__ import annotations

from collections.abc import Mapping

from workload.report.language.languages import TAGS, each
from workload.report.lengths import LONGEST_NAME, shorter
from workload.report.reader_view import View
from workload.report.sections.telling import PHRASES, Telling

ORDER = ("ask", "headline", "schools")


def passages(view: View) -> list[dict[str, str]]:
    """For each language of the packet: lang ("en"), tag ("en-US"), subject, title, ask, headline, schools (empty for none)."""
    return [_passage(Telling(view, language)) for language in each(view.settings.language)]


def _passage(tell: Telling) -> dict[str, str]:
    words, name = PHRASES[tell.language], shorter(tell.view.settings.district_name, LONGEST_NAME)
    return {
        "lang": tell.language,
        "tag": TAGS[tell.language],
        "subject": f"{words.SUBJECT}: {name}" if name else words.SUBJECT,
        "title": tell.title,
        "ask": tell.ask_sentence,
        "headline": tell.headline,
        "schools": tell.schools_sentence,
    }


def sentences(passage: Mapping[str, str]) -> list[str]:
    """The sentences of a passage in their order."""
    return [passage[name] for name in ORDER if passage[name]]


def to_copy(said: list[dict[str, str]], mark: str = "") -> str:
    """The passages as plain text for an agenda: for each language its subject and a paragraph, under the mark of an
    internal packet.
    """
    return "\n\n".join([mark] * bool(mark) + ["\n".join([one["subject"], " ".join(sentences(one))]) for one in said])
