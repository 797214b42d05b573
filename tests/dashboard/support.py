"""The app under test: opened without data, on a random district, on one with an error, on one full of hostile names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pandas as pd
from streamlit.testing.v1 import AppTest

from dashboard.parts.short_answer import said_short
from dashboard.parts.widgets import OPENED
from dashboard.shell import navigation
from dashboard.shell.session import DISTRICT, EVIDENCE, District
from tests.support.rosters import DAY, as_roster, random_tables
from workload.answer import Answer
from workload.explain.headline import standing_of
from workload.model.issues import ERROR, Issue
from workload.model.parameters import Assumptions
from workload.model.roster import Roster
from workload.one_week.week_roster import Week, answer_of

APP = str(Path(navigation.__file__).parents[1] / "app.py")
NAMES = tuple(view.name for view in navigation.ALL)
NEED_ANSWER = ("answer", "people", "schools")
SECONDS = 300  # until a run that does not end is a fault, also on a busy machine
HOSTILE = (
    "![x](http://127.0.0.1:18199/a.png)",
    "[click](http://evil.example)",
    "<img src=x onerror=alert(1)>",
    "<b>bold</b>",
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    ":material/home: **strong** $x^2$",
    "http://evil.example/x",
    "www.evil.example",
    "a@evil.example",
    "# heading",
    "`code` ~~gone~~",
    ":red[text]",
    "_a_ *b*",
    "{{7*7}}",
)


FOLDED = frozenset({"year_inputs", "packet_settings_panel", "packet_saved_panel"})


def app() -> AppTest:
    """The app as a visitor finds it who has opened the parts with fields once."""
    at = AppTest.from_file(APP, default_timeout=SECONDS)
    at.session_state[OPENED] = FOLDED
    return at


def opened(roster: Roster, name: str = "Test County") -> AppTest:
    """The app with a roster that is already open. One that no file gave gets a digest here: what is kept hangs on it."""
    at = app()
    told = roster if roster.digest else replace(roster, digest=roster.services.to_csv() + roster.therapists.to_csv())
    at.session_state[DISTRICT] = District(told, None, DAY)
    at.session_state["day"] = DAY
    at.session_state["district_name"] = name
    return at


def unfold(at: AppTest, key: str) -> AppTest:
    """The page with this folded part opened."""
    at.session_state[key] = True
    return at.run()


def record(at: AppTest, kind: type):
    """What a screen keeps in the session; what it starts with when nothing is kept yet."""
    records = at.session_state[EVIDENCE] if EVIDENCE in at.session_state else {}  # noqa: SIM401 (it has no get)
    return records.get(kind) or kind()


def bring(at: AppTest, *records: object) -> None:
    """Put these records in the session, beside those that are there."""
    kept = at.session_state[EVIDENCE] if EVIDENCE in at.session_state else {}  # noqa: SIM401 (it has no get)
    at.session_state[EVIDENCE] = {**kept, **{type(one): one for one in records}}


def district(seed: int = 3) -> Roster:
    """A random tidy district with regions."""
    tables = random_tables(seed)
    for at, school in enumerate(tables["schools"]):
        school["region"] = ("North", "South")[at % 2]
    return replace(as_roster(tables), digest=f"random-{seed}")


def stopped() -> Roster:
    """The same with an error that stops the answer."""
    issue = Issue(
        "no-minutes",
        ERROR,
        "No row says how many minutes.",
        "Add a column with minutes.",
        "a.xlsx",
        "Services",
        4,
        "Minutes",
        "lots",
    )
    return replace(district(), issues=(issue,), digest="stopped")


def hostile() -> Roster:
    """A district in which every name that a file can bring is an attack."""
    tables = random_tables(5, schools=8, people=8)
    renamed = {f"School {chr(65 + at)}": HOSTILE[at] for at in range(8)}
    people = {f"Therapist {at:02}": HOSTILE[8 + at] for at in range(8)}
    words = {**renamed, **people}
    for rows in tables.values():
        for row in rows:
            for key, value in row.items():
                if key == "days":
                    row[key] = None
                elif isinstance(value, str):
                    row[key] = words.get(value, value)
    for at, school in enumerate(tables["schools"]):
        school["region"] = HOSTILE[at % 4]
    issues = tuple(
        Issue(
            f"hostile-{at}",
            "warning",
            f"The school {text} is not listed.",
            f"List {text}.",
            f"{text}.xlsx",
            text,
            at + 2,
            text,
            text,
        )
        for at, text in enumerate(HOSTILE)
    )
    return replace(as_roster(tables), digest="hostile", issues=issues)


def view(name: str) -> navigation.View:
    """A page by its address, today's or an earlier one."""
    return navigation.EARLIER.get(name) or next(view for view in navigation.ALL if view.name == name)


def visit(at: AppTest, name: str) -> AppTest:
    """Change to a page."""
    return at.switch_page(view(name).file).run()


def heading(at: AppTest) -> str:
    """The one main heading of a page as a reader sees it, whether it is a title or the finding of the first screen."""
    titles = [each.value.replace("\\", "") for each in at.title]
    found = [re.search(r"<h1[^>]*>(.*?)</h1>", body, re.S) for body in html_of(at)]
    titles += [" ".join(unescape(re.sub(r"<[^>]+>", "", each.group(1))).split()) for each in found if each]
    assert len(titles) == 1, titles
    return titles[0]


def short_answer(answer: Answer, name: str) -> str:
    """The heading of the Answer page for an answer."""
    return " ".join(" ".join(said_short(standing_of(answer), name)[:3]).split())


def html_of(at: AppTest) -> list[str]:
    """The bodies of everything on the page that is written as HTML."""
    return [each.proto.body for each in at.get("html")]


def failed(at: AppTest) -> list[str]:
    """What went wrong on the page: exceptions, and failures caught by the guard."""
    return [each.message for each in at.exception] + [each.value for each in at.error if "Reference:" in each.value]


def markdown_texts(at: AppTest) -> Iterator[str]:
    """Everything on the page that the browser reads as Markdown."""
    for kind in ("markdown", "caption", "title", "header", "subheader", "info", "error", "warning", "success"):
        for element in getattr(at, kind):
            yield element.value
    for kind in (
        "button",
        "selectbox",
        "toggle",
        "number_input",
        "slider",
        "text_input",
        "date_input",
        "metric",
        "expander",
    ):
        for element in getattr(at, kind):
            yield element.label
    for metric in at.metric:
        yield str(metric.value)


def everything(at: AppTest) -> str:
    """Every text that the page sends to the browser, tables and charts included."""
    pieces = [*markdown_texts(at), *(body for body in html_of(at) if "<style" not in body and ".stApp {" not in body)]
    for frame in at.dataframe:
        pieces.append(frame.value.to_csv())
    for editor in at.data_editor:
        pieces.append(editor.value.to_csv())
    for table in at.table:
        pieces.append(table.value.to_csv())
    for chart in at.get("plotly_chart"):
        pieces.append(chart.proto.spec)
        pieces.append(chart.proto.alt if hasattr(chart.proto, "alt") else "")
    for box in at.selectbox:
        pieces += map(str, box.options)
    return "\n".join(pieces)


def typed_week_row(week: Week, day: date) -> pd.Series:
    """What the library's own method says of the person of a typed week."""
    return answer_of(week.entries, week.duties, day, Assumptions()).therapists.iloc[0]
