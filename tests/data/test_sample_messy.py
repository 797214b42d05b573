"""The messy edition, read with nothing but this file, says what the tidy edition says."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date
from math import prod

from sample_cells import records_of

OT_WORDS = {"OT", "O.T.", "Occ Therapy", "Occupational Therapy", "450 - Occupational Therapy"}
# In this order: the first that is found rules.
PERIODS = (
    (r"every other week|\beow\b", "two weeks"),
    (r"6-day cycle", "6-day cycle"),
    (r"9 wks|quarter\w*", "quarter"),
    (r"month\w*|\bmpm\b|(?<=\d)mx", "month"),
    (r"year\w*|\byr\b", "year"),
    (r"week\w*|\bwk\b|\bmpw\b|(?<=\d)wx", "week"),
)
NUMBERS = {"one": 1, "once": 1, "two": 2, "twice": 2, "three": 3, "four": 4, "six": 6}


def read_phrase(text: str) -> tuple[float, str]:
    """(minutes in the period, period) of a phrase: a second reading, made without the generator."""
    text = re.sub(r"\w+ \((\d+)\)", r"\1", text.lower())
    pattern, period = next(each for each in PERIODS if re.search(each[0], text))
    text = re.sub(pattern, " ", text)
    if "=" in text:
        return float(re.search(r"= (\d+)", text).group(1)), period
    if text.startswith(("1/2 hour", ".5 hr")):
        return 30.0, period
    found = [NUMBERS.get(word, word) for word in re.findall(r"\d+|[a-z]+", text)]
    minutes = prod(float(word) for word in found if str(word).isdigit())
    return minutes * (60 if "hours" in found else 1), period


def read_amount(row: dict) -> tuple[float, str]:
    """(minutes in the period, period) of a row, from its phrase or from its three cells."""
    if row["IEP Mandate"] is not None:
        return read_phrase(row["IEP Mandate"])
    return float(row["Min/Session"]) * float(row["Times"]), read_phrase(f"1 {row['Per']}")[1]


def read_therapist(name: str | None) -> str:
    """A therapist in one spelling; nobody is ``vacant``."""
    if name is None or name.lower() in ("vacant", "tbd"):
        return "vacant"
    last, comma, first = name.lower().partition(", ")
    return f"{first} {last}" if comma else last


def read_delivery(word: str) -> str:
    """Individual, group or consult."""
    word = word.lower()
    return "consult" if word.startswith(("con", "indirect")) else "group" if word.startswith("g") else "individual"


def test_every_line_read_from_the_messy_edition_is_a_line_of_the_tidy_edition(messy, tidy):
    rows = records_of(messy["Related Services 26-27"], header=3)
    distinct = {tuple(row.values()): row for row in rows if row["Service"] in OT_WORDS}
    read = Counter(
        (
            row["Student #"].strip(),
            read_delivery(row["Ind/Grp"]),
            *read_amount(row),
            read_therapist(row["Served By "]),
        )
        for row in distinct.values()
    )
    written = Counter(
        (
            row["student_id"],
            row["delivery"],
            float(row["minutes_per_session"] * row["sessions"]),
            row["period"],
            row["therapist"].lower(),
        )
        for row in tidy["Services"]
    )
    assert read == written


def test_the_messy_edition_lists_every_line_of_the_tidy_edition_once_apart_from_pasted_rows(messy, tidy):
    rows = messy["Related Services 26-27"]
    assert rows[0][0].startswith("Bluff County Schools")
    assert {"Served By ", "Group ID "} <= set(rows[3])
    records = records_of(rows, header=3)
    ours = [row for row in records if row["Service"] in OT_WORDS]
    others = [row for row in records if row["Service"] and row not in ours]
    distinct = {tuple(row.values()) for row in ours}
    assert len(distinct) == 580
    assert len(ours) - len(distinct) == 18
    assert len(others) > 200
    assert sum(str(row["Student Name (Last, First)"]).startswith("Subtotal") for row in records) == 24
    found = Counter(row[1].strip() for row in distinct)
    assert found == Counter(row["student_id"] for row in tidy["Services"])


def test_the_messy_edition_writes_most_lines_as_phrases_and_some_numbers_as_text(messy):
    records = [row for row in records_of(messy["Related Services 26-27"], header=3) if row["Student #"]]
    assert sum(row["IEP Mandate"] is not None for row in records) > 0.7 * len(records)
    assert any(isinstance(row["Min/Session"], str) and row["Min/Session"].startswith(" ") for row in records)
    fte = [row["F.T.E."] for row in records_of(messy["OT Staff"], header=3)]
    assert "80%" in fte or "100%" in fte
    assert any(isinstance(row["DOB"], date) for row in records)
    assert any(row["Notes"] for row in records)


def test_no_phrase_stands_for_two_different_promises(maker):
    from bluff.phrases import phrases_for
    from bluff.profiles import KINDS
    from bluff.promises import Line

    meanings = defaultdict(set)
    for delivery, minutes, sessions, period in [
        *KINDS.values(),
        ("consult", 15, 1, "month"),
        ("individual", 20, 1, "week"),
        ("individual", 30, 10, "year"),
    ]:
        line = Line(None, delivery, minutes, sessions, period, "", None, None)
        for text in phrases_for(line):
            meanings[text.lower()].add((minutes * sessions, period))
    assert len(meanings) > 90
    assert {text: found for text, found in meanings.items() if len(found) > 1} == {}


def test_the_messy_time_log_has_the_same_minutes_as_the_tidy_one(messy, tidy):
    rows = records_of(messy["Time log Sept 21-25"], header=2)
    minutes = [(row["End"].hour - row["Start"].hour) * 60 + row["End"].minute - row["Start"].minute for row in rows]
    assert minutes == [row["minutes"] for row in tidy["Time log"]]
