"""Numbers read back from every page and slide of a packet, in both languages, by the sentences that they stand in.

Each sentence of the catalog is turned into a pattern; what stands in the place of a number in any file must be the number of
the JSON as this reader is told it, and the same wherever the sentence stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import cache

import pytest

from tests.report.packets import SETTINGS, pdf_text, said, sample_answer, slide_texts, slides
from tests.report.test_packet import shown_numbers
from workload.report.audience import AUDIENCES
from workload.report.language.languages import ENGLISH, SPANISH
from workload.report.language.wording import catalog
from workload.report.packet import make_packet

# What a place in braces is in the JSON, in the sentences where it is that
FIGURES = {
    "required": ("required", ("decision.sure_range", "finding.bridge", "finding.methods", "plain.need", "press.need")),
    "available": ("available", ("finding.bridge", "plain.need", "press.need")),
    "minutes": ("risk", ("decision.risk", "finding.exposure")),
    "short": ("short", ("bridge.parts_sum",)),
}
ONE_VALUE = ("this_year", "full_year", "alike", "low", "high")  # the same in one sentence, wherever it stands
HEADLINES = {
    ENGLISH: re.compile(
        r"needs (?P<required>[\d.]+) FTE of .*? has (?P<available>[\d.]+)\. It is short (?P<short>[\d.]+) FTE"
    ),
    SPANISH: re.compile(
        r"necesita (?P<required>[\d.]+) FTE .*? cuenta con (?P<available>[\d.]+)\. Le faltan (?P<short>[\d.]+) FTE"
    ),
}
PLACE = re.compile(r"\{(\w+)\}")
READERS = [
    code for code in AUDIENCES if code not in ("therapist", "auditor")
]  # a letter and the audit note tell no sentence of these


def pattern(template: str) -> re.Pattern:
    """A sentence as a pattern, its places as groups."""
    parts = PLACE.split(said(template))
    made = [rf"(?P<{part}>\S*[^\s.,;:)])" if at % 2 else re.escape(part) for at, part in enumerate(parts)]
    return re.compile("".join(made) + r"(?=[ .,;:)]|$)")


@cache
def texts(audience: str) -> dict[str, list[str]]:
    """Every text of every page and slide of a packet by language."""
    found: dict[str, list[str]] = {ENGLISH: [], SPANISH: []}
    for name, data in make_packet(sample_answer(), audience, replace(SETTINGS, language="en+es")).items():
        of = found[SPANISH if re.search(r"-es[.-]", name) else ENGLISH]
        if name.endswith(".pdf"):
            of.append(pdf_text(data))
        elif name.endswith(".pptx"):
            of += [said(text) for slide in slides(data) for text in slide_texts(slide) if text]
    return found


def read_back(audience: str, language: str) -> dict[tuple[str, str], set[str]]:
    """The values of each place of each sentence, over all files of a packet."""
    found = defaultdict(set)
    for key, template in catalog(language).items():
        if PLACE.search(template) and len(PLACE.sub("", template)) > 15:
            looked = pattern(template)
            for text in texts(audience)[language]:
                for hit in looked.finditer(text):
                    for name, value in hit.groupdict().items():
                        found[key, name].add(value)
    return found


@pytest.mark.parametrize("language", [ENGLISH, SPANISH])
@pytest.mark.parametrize("audience", READERS)
def test_every_figure_of_every_document_is_the_one_of_the_json_and_never_told_two_ways(audience, language):
    found, json = read_back(audience, language), shown_numbers(audience if audience != "team" else "board")
    seen = 0
    for name, (figure, keys) in FIGURES.items():
        for key in keys:
            values = found.get((key, name), set())
            assert values <= {json[figure]}, (key, name)
            seen += len(values)
    for (key, name), values in found.items():
        if name in ONE_VALUE:
            assert len(values) == 1, (key, name, values)
    for text in texts(audience)[language]:
        for hit in HEADLINES[language].finditer(text):
            assert hit.groupdict() == {name: json[name] for name in ("required", "available", "short")}
            seen += 1
    assert seen or audience == "union", "the sentences are not found any more"


def test_a_number_that_differs_in_one_file_would_be_found(monkeypatch):
    told = texts("board")[ENGLISH]
    other = [text.replace("likely 13", "likely 12") for text in told[:1]]
    monkeypatch.setitem(texts("board"), ENGLISH, [*other, *told[1:]])
    assert max(len(values) for (_, name), values in read_back("board", ENGLISH).items() if name == "low") > 1
