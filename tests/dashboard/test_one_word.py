"""One word means one thing: the fullest week, in post, the clock, what the plans and the log say; and what it is called."""

from __future__ import annotations

import ast
import re
import tomllib
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path

import pytest

from dashboard.shell import cached
from dashboard.shell.therapist_names import labels_of, people_of
from tests.dashboard.support import failed, html_of, opened, visit
from tests.report.packets import OPTIONS, SETTINGS, sample_answer
from tests.report.tellings import texts_of
from workload.figures.plan_and_log import plan_and_log
from workload.model.columns import TABLES
from workload.model.parameters import parameters
from workload.model.school_year import weeks_left
from workload.model.words import hours, shown
from workload.report.audience import AUDIENCES
from workload.report.indicators import USE_SOURCE
from workload.report.language.languages import ENGLISH, SPANISH
from workload.report.reader_view import View
from workload.report.sections.every import sections_of
from workload.report.sections.telling import Telling
from workload.rules.packs import pack_for
from workload.scenarios.cost import rates

ROOT = Path(__file__).parents[2]
IN_POST = re.compile(r"(?:\bin post\b|en puesto)[^.;|0-9]{0,40}?(\d[\d,.]*)", re.I)


@cache
def texts_of_the_program() -> tuple[tuple[str, str], ...]:
    """(file, text) of every text that a person can read: strings but docstrings, sentences of the catalog, pages of words."""
    found = []
    for path in (*(ROOT / "workload").rglob("*.py"), *(ROOT / "dashboard").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        found += [
            (path.name, node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said
        ]
    for path in (*(ROOT / "data/language").glob("*.toml"), *(ROOT / "data").glob("*.toml")):
        found += [(path.name, text) for text in _leaves(tomllib.loads(path.read_text(encoding="utf-8")))]
    found += [(path.name, path.read_text(encoding="utf-8")) for path in (ROOT / "dashboard/text").glob("*.md")]
    return tuple(found)


def _leaves(value) -> list[str]:
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inside for text in _leaves(one)]


def saying(pattern: str) -> list[tuple[str, str]]:
    return [(file, text[:80]) for file, text in texts_of_the_program() if re.search(pattern, text, re.I)]


def page(name: str):
    at = visit(opened(cached.sample().roster).run(), name)
    assert not failed(at)
    return at


def plain(at) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", " ".join(html_of(at))).split()))


def sections(audience: str, language: str = ENGLISH) -> list[str]:
    """Every text of a reader's documents on the sample."""
    tell = Telling(View(sample_answer(), AUDIENCES[audience], SETTINGS), language, OPTIONS)
    codes = dict.fromkeys(code for one in AUDIENCES[audience].documents for code in one.sections)
    kept = [code for code in codes if not code.startswith("own_") and code != "first"]
    return [text for section in sections_of(tell, kept) for text in texts_of(section)]


def test_the_fullest_week_is_one_of_the_year_and_nothing_else_is_called_so():
    assert saying(r"\b(?:fullest|busiest|peak) week\b|semana más llena") == []
    assert {file for file, _ in saying(r"\bfullest\b")} <= {
        "weeks_of_the_year.py",  # the fullest week of the year asks for ...
        "all_weeks.py", "what_sharing_gains.py", "constraint_widgets.py", "turnover_charts.py",  # the fullest post
    } | {file for file, text in saying(r"\bfullest\b") if "overfull.fullest" in text}  # fmt: skip
    year = (ROOT / "dashboard/screens/decide/year_ahead/weeks_of_the_year.py").read_text(encoding="utf-8")
    assert 'the fullest asks for", hours(taught["demand_hours"].max())' in year


def test_no_document_calls_what_is_available_in_post():
    row = sample_answer().district
    assert (row["contracted_fte"], row["available_fte"]) == (12.0, 11.0)
    available = {shown(row["available_fte"]), shown(row["available_hours"]), shown(row["available_hours"], 0)}
    for audience in AUDIENCES:
        for language in (ENGLISH, SPANISH):
            for text in sections(audience, language):
                numbers = [found.group(1).rstrip(".,") for found in IN_POST.finditer(text)]
                assert not available & set(numbers), (audience, language, text)
    assert saying(r"in post[^a-z]*\{[^}]*available") == [] and saying(r"in post.{0,20}\{available\}") == []
    bridge = " ".join(sections("superintendent"))
    assert re.search(r"In post \(contracted\)\W+12\.0", bridge) or "In post (contracted)" in bridge and "12.0" in bridge


def test_a_person_s_page_sets_the_hours_of_plans_and_log_side_by_side():
    answer = sample_answer()
    labels = labels_of(people_of(answer.roster), False)
    for logged in answer.time_study.people:
        at = page("people")
        box = next(one for one in at.selectbox if one.key == "therapist")
        box.set_value(labels.code(logged)).run()
        both, text = plan_and_log(answer.time_study, answer.staffing, logged), plain(at)
        plans = answer.people.set_index("therapist").loc[logged, "workload_hours"]
        assert f"The plans ask for {hours(plans)} hours; the log has {hours(both.logged)}" in text.replace(
            "the plans", "The plans"
        )


def test_the_page_of_the_year_counts_from_consent_and_never_from_a_referral():
    at = page("year")
    (clock,) = [one for one in at.number_input if (one.key or "").startswith("clock_days_")]
    assert clock.label == "Calendar days from the parent's consent to the evaluation" and clock.value == 60
    labels = [one.label for one in at.number_input] + [str(one.value) for one in at.caption]
    assert not [text for text in labels if re.search(r"from (?:the )?referral|expected referrals", text, re.I)]
    assert saying(r"from (?:the )?referral to|expected referrals") == []


def test_the_union_reads_caps_and_the_cabinet_outcomes_and_clocks():
    union, cabinet = " ".join(sections("union")), " ".join(sections("superintendent"))
    assert "PI 11.24" in union and "10 hours" in union
    assert "First evaluations:" in cabinet and "consent" in cabinet and "delivered" in cabinet.lower()


def test_wisconsin_s_rules_open_the_paragraph_that_they_cite():
    rules = [rule for rule in pack_for("WI").rules if "PI 11.24" in rule.citation]
    assert rules
    for rule in rules:
        parts = re.findall(r"\(?([0-9a-z]+)\)?", rule.citation.partition("11.24")[2])
        assert rule.link.endswith("/pi/11/24/" + "/".join(parts)), rule.id


def test_nothing_reads_as_translated():
    odd = r"wears? (?:the|each) post|may not be passed|start a talk|^Said / told|Choose another meaning|plans? of care"
    assert saying(odd) == []


def test_the_80_percent_have_the_reason_of_their_own_source():
    assert saying(r"one in five|leaves room for (?:it|absence)|left open for absence") == []

    assert USE_SOURCE.startswith("New York State Education Department")


def test_mileage_is_that_of_the_year_planned():
    mileage = rates()["mileage"]
    assert mileage.value == 0.725 and "2026" in mileage.source


def test_what_a_travel_sheet_leaves_out_is_told_where_it_is_typed_and_where_the_method_stands():
    """Driving alone is 1 % of the sample's work; the sheet may count from door to door, and says so."""
    (travel,) = [table for table in TABLES if table.name == "travel"]
    (minutes,) = [column for column in travel.columns if column.name == "minutes"]
    assert "door to door" in minutes.meaning and "unpack" in minutes.meaning
    method = (ROOT / "docs" / "METHOD.md").read_text(encoding="utf-8")
    for text in (cached.text("method_not_counted"), method.partition("## 7.")[2]):
        assert "sign in" in text and "door to door" in text.replace("\n", " ").replace("  ", " ")


SCHEMA = sorted({column.name for table in TABLES for column in table.columns if "_" in column.name})


@pytest.mark.parametrize("word", ["on the day", "told", "taken over", "takes over"])
def test_no_text_speaks_in_the_house_s_own_dialect(word):
    """A date, what is shown or known, and who does the work are said as a school district says them."""
    assert [each for each in saying(rf"\b{word}\b") if " " in each[1]] == []


def test_overdue_minutes_are_made_up_from_the_date_of_the_answer_on_and_the_help_says_so():
    weeks = parameters()["makeup_overdue_weeks"]
    assert weeks_left(date(2026, 10, 1), date(2026, 3, 1), 3.0) == 3.0  # from the date of the answer, however late
    assert "within so many weeks of the date of the answer" in weeks.help


def test_no_sentence_names_a_column_by_its_code():
    """`group_size` is what a program calls a column; people read "Students in the group". Lists of words that are looked for
    in a file, code beside code, are no sentences."""
    assert len(SCHEMA) > 20
    named = [
        text for _, text in texts_of_the_program() if re.search(rf"\b(?:{'|'.join(SCHEMA)})\b", text) and " " in text
    ]
    assert [text[:90] for text in named if re.search(r"[A-Z][a-z]+ [a-z]+ (?:\w+ )*[a-z]", text)] == []


def test_no_foot_and_no_page_names_the_method_by_its_code():
    for audience in AUDIENCES:
        for language in (ENGLISH, SPANISH):
            assert not [text for text in sections(audience, language) if "wisn-" in text], audience
            foot = Telling(View(sample_answer(), AUDIENCES[audience], SETTINGS), language, OPTIONS).method
            assert "wisn-" not in foot and ("OMS" in foot or "WHO" in foot) and "202" in foot
