"""The rules of this room, read from its code: who may touch what, and that every picture has words."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import dashboard.shell.navigation as navigation
from workload.staffing.concerns.warning_signs import ACTIONS

FOLDER = Path(navigation.__file__).parents[1]
FILES = sorted(FOLDER.rglob("*.py"))
VIEWS = [Path(view.file) for view in navigation.ALL]
PICTURES = {"plotly_chart", "dataframe", "data_editor", "table", "image"}
CACHES = {"cache_data", "cache_resource"}


def calls(tree: ast.AST) -> list[tuple[str, ast.Call]]:
    """Every call of a function of Streamlit: (name, call)."""
    return [
        (node.func.attr, node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "st"
    ]


def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def test_every_chart_table_and_picture_has_words_for_a_screen_reader():
    found = [(path.name, name, call) for path in FILES for name, call in calls(parsed(path)) if name in PICTURES]
    assert len(found) >= 4
    assert not [
        (file, name, call.lineno)
        for file, name, call in found
        if "alt" not in {keyword.arg for keyword in call.keywords}
    ]


def test_only_entries_touches_session_state():
    assert len(FILES) > 20
    own = re.compile(
        r"\bst\.session_state|import .*\bsession_state"
    )  # not that of a session that is over: closed_sessions
    assert [path.name for path in FILES if own.search(path.read_text(encoding="utf-8"))] == ["entries.py"]


def test_only_cached_declares_caches_and_uploads_stay_in_their_session():
    users = {
        path.name
        for path in FILES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr in CACHES
    }
    assert users == {"cached.py"}
    scoped = {}
    for function in ast.walk(parsed(FOLDER / "shell" / "cached.py")):
        if isinstance(function, ast.FunctionDef):
            for decorator in function.decorator_list:
                if isinstance(decorator, ast.Call) and getattr(decorator.func, "attr", "") in CACHES:
                    scope = [keyword.value.value for keyword in decorator.keywords if keyword.arg == "scope"]
                    scoped[function.name] = bool(scope and scope[0] == "session")
                    arguments = [each.arg for each in function.args.args if each.annotation is not None]
                    assert not [
                        each
                        for each in function.args.args
                        if not each.arg.startswith("_")
                        and ast.unparse(each.annotation) in ("Roster", "Answer", "pd.DataFrame")
                    ], arguments
    assert scoped == {
        "sample": False,
        "sample_answer": False,
        "template": False,
        "text": False,
        "loaded": True,
        "_shelves": True,  # answers and drawings
        "watched": True,
        "store": False,  # a way to the store: no connection and nobody's data
    }


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.stem)
def test_a_page_does_not_compute_catch_or_color(path):
    tree = parsed(path)
    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Try | ast.BinOp | ast.FunctionDef)]
    assert "#" not in "".join(
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def test_html_is_written_in_two_files_only_and_plotly_express_is_not_used():
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        assert "unsafe_allow_html" not in text and "plotly.express" not in text, path.name
    # The frame and the components of the first screen, where every text goes through `escape`.
    assert {path.name for path in FILES if "st.html" in path.read_text(encoding="utf-8")} <= {"frame.py", "finding.py"}


def test_a_file_to_download_is_made_from_what_is_at_hand_and_not_from_the_session():
    """Streamlit makes it after the run, where there is no session: a function that asks the session finds it empty."""
    for path in FILES:
        tree = parsed(path)
        own = {node.name: ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        for name, call in calls(tree):
            if name == "download_button" and len(call.args) > 1:
                data = call.args[1]
                assert ast.unparse(data) != "map_file.text", f"{path.name}: call it, so that it is made now"
                body = own.get(data.id, "") if isinstance(data, ast.Name) else ""
                asked = re.findall(r"\b(?:session|record|changed)\b", body)
                assert not asked, f"{path.name}: give {data.id} what it needs"


def test_every_page_has_a_file_and_no_folder_is_discovered_by_itself():
    assert all(path.is_file() for path in VIEWS)
    assert not (FOLDER / "pages").exists()


LOADS = """
import sys
from streamlit.testing.v1 import AppTest
at = AppTest.from_file(sys.argv[1], default_timeout=60).run()
next(button for button in at.button if button.label == "Open the sample district").click().run()
for page in sys.argv[2:]:
    at.switch_page(page).run()
    assert not at.exception and not [each for each in at.error], page
print(" ".join(sorted(sys.modules)))
"""
HEAVY = ("openpyxl", "xlsxwriter", "plotly.express", "pptx", "scipy", "highspy", "xlrd")


def test_no_page_loads_a_document_library_or_a_solver():
    ran = subprocess.run(
        [sys.executable, "-c", LOADS, str(FOLDER / "app.py"), *(view.file for view in navigation.ALL)],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    modules = set(ran.stdout.split())
    assert "workload.staffing.required" in modules and len(modules) > 500
    assert not [name for name in HEAVY if name in modules]


def test_a_sentence_that_names_a_page_names_one_that_is_there():
    titles = {view.title for view in navigation.ALL}
    texts = [
        *FOLDER.parent.glob("workload/**/*.py"),
        *FOLDER.parent.glob("dashboard/**/*.py"),
        *FOLDER.parent.glob("data/presets/*.toml"),
    ]
    named = {
        match[1] or match[2]
        for path in texts
        for match in re.finditer(
            r"on the (?:page ([A-Z][a-z]+(?: (?:& )?[a-z]+)?)|([A-Z][a-z]+(?: [a-z]+)?) page)", path.read_text()
        )
    }
    assert {"Data", "Home", "Delivered minutes", "Time study", "Rules"} <= named
    assert named <= titles


def test_every_action_of_a_warning_sign_leads_to_a_page():
    titles = {view.title for view in navigation.ALL}
    assert {label.partition(": ")[0] for label in ACTIONS.values()} <= titles
