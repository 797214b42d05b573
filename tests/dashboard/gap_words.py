"""What a page, its charts among it, says of work against hours, and whether it says in the same sentence that it may move."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape

from streamlit.testing.v1 import AppTest

from tests.figures.charts import texts

GAP = re.compile(
    r"\b(?:short|room)(?: of| for)? (?:time|\d)|has room for|added time|to ask for|ask for \w+ thing|about even|room \d|"
    r"are short\b|is short\b|too (?:much|full)|fits? (?:its|their) contract|every week fits|more hours than there are|"
    r"more than the contract|more work than contract|\d of a full-time post|(?:do|does|will) not fit\b|find room for|"
    r"enough hours|\d there$|about what (?:it|they) needs?|has no hours|sharing helps|not fit before|\d h room",
    re.I,
)
# In a picture a gap is a word beside a mark.
DRAWN = re.compile(
    GAP.pattern
    + r"|^(?:short|room|even|still short|then room|then even)\b|\d(?: h|), [\d.]+ (?:over|room)|\bfits$|, even$|"
    r"room in (?:other|the weeks)|fit nobody|beyond the hours|still waits?\b|are owed\b",
    re.I,
)
SAYS_SO = re.compile(r"provisional|open premise|until .* settled|not settled|if it were otherwise", re.I)
# What is no finding about this district: a legend, an explanation, a remedy, other people's weeks, rows that nobody counts.
NO_FINDING = re.compile(
    r"it says nothing about the person|"
    r"^Hours (?:a week )?that do not fit|^Below zero the district is short|^A new post takes|"
    r"^Where a week is too full, every kind|^An estimate of exposure|cannot be said until|^And where does it not fit|"
    r"^Doing nothing is priced as|^A post on leave has no week|minutes a week that do not fit into contracts|"
    r"does not fit into one\.$",
    re.I,
)
BLOCK = re.compile(r"</(?:h1|h2|h3|p|li|figcaption|div)>")
WRITTEN = ("markdown", "caption", "title", "header", "subheader", "info", "warning", "success", "error")


def plain(texts_) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", " ".join(texts_)).split())).replace("\\", "")


def sentences(text: str, tells: re.Pattern = GAP) -> list[str]:
    """The sentences that tell a gap and do not say that it may move."""
    parts = re.split(r"(?<=[.!?])\s", text)
    return [one for one in parts if tells.search(one) and not SAYS_SO.search(one) and not NO_FINDING.search(one)]


def silent_chart(spec: dict, alt: str) -> list[str]:
    """Texts of a chart that tell a gap in silence.

    Each sentence of the words for a reader without the picture, and each text that a pointer opens, says so itself. What
    is drawn beside marks goes with the word that is drawn in the same picture.
    """
    found = [f"alt: {one}" for one in sentences(alt, DRAWN)]
    pointed = {text for trace in spec["data"] for text in texts(trace.get("hovertext", ()))}
    found += [f"pointer: {one}" for one in pointed if DRAWN.search(one) and not SAYS_SO.search(one)]
    others = texts({**spec, "data": [{**trace, "hovertext": ()} for trace in spec["data"]]})
    drawn = {re.sub(r"<[^>]+>", "", one) for one in others}
    if not any(SAYS_SO.search(one) for one in drawn):
        found += [f"drawn: {one}" for one in drawn if DRAWN.search(one)]
    return sorted(found)


def charts(at: AppTest) -> Iterator[tuple[str, dict, str]]:
    """(element, figure, words) of every chart on the page."""
    for each in at.get("plotly_chart"):
        yield each.proto.id, json.loads(each.proto.spec), each.proto.alt


def silent(at: AppTest) -> list[str]:
    """All that a page tells of a gap in silence. A table goes with the title above it."""
    found, title = [], ""
    for body in (each.proto.body for each in at.get("html")):
        if "<style" in body:
            continue
        if "<table" in body:
            text = plain([body])
            found += [f"{title}: {text}"] if GAP.search(text) and not SAYS_SO.search(title + text) else []
            continue
        title = plain([body]) if "card-title" in body else title
        found += [said for block in BLOCK.split(body) for said in sentences(plain([block]))]
    written = [str(each.value) for kind in WRITTEN for each in getattr(at, kind)]
    labels = [
        str(each.label)
        for kind in ("button", "selectbox", "toggle", "number_input", "slider", "metric", "expander")
        for each in getattr(at, kind)
    ]
    found += [
        said
        for text in (*written, *labels, *(str(each.value) for each in at.metric))
        for said in sentences(plain([text]))
    ]
    for name, spec, alt in charts(at):
        found += [f"{name}: {one}" for one in silent_chart(spec, alt)]
    return found


def parts_of(at: AppTest) -> Iterator[str]:
    """Opens each part of a page in turn; a page without parts once."""
    keys = [each.key for each in at.radio if each.key and each.key.endswith("_part")]
    if not keys:
        yield ""
        return
    (key,) = keys
    for option in next(each for each in at.radio if each.key == key).options:
        next(each for each in at.radio if each.key == key).set_value(option).run()
        yield option
