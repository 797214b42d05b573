"""Many districts in one run: none is lost, none stops the others, and each is answered as by itself."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from tests.batch.many_districts import NO_ANSWER, write_districts
from workload.answer import analyze
from workload.batch.batch_results import STATUSES, summary_table
from workload.batch.districts import ManifestError, Task, districts_of, task_of
from workload.batch.one_district import FIGURES, outcome_of
from workload.batch.run_all import keep, kept, run
from workload.intake.load import load
from workload.report.answer_json import answer_json

ROOT = Path(__file__).parents[2]
TODAY = {"today": "2026-11-02"}


def command(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "workload", "batch", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        **options,
    )


def tasks_of(folder, smallest=10):
    return [task_of(each, TODAY, smallest) for each in districts_of(folder)[0]]


def threads():
    return ThreadPoolExecutor(1)


def without_time(outcome):
    return {name: value for name, value in outcome.items() if name != "processor_seconds"}


@pytest.fixture(scope="module")
def sixty(tmp_path_factory):
    """(folder, district -> how it is broken, outcomes in the order of the manifest) of 60 districts, 15 % of them broken."""
    folder = tmp_path_factory.mktemp("sixty")
    kinds = write_districts(folder, 60, rows=14, every=5)
    done = {task.name: outcome for task, outcome in run(tasks_of(folder), threads)}
    return folder, kinds, [done[name] for name in kinds]


def test_every_district_ends_as_an_answer_or_a_sentence(sixty):
    _, kinds, outcomes = sixty
    assert len(outcomes) == 60 and {one["status"] for one in outcomes} == set(STATUSES)
    for (name, kind), one in zip(kinds.items(), outcomes, strict=True):
        assert one["district"] == name and (one["status"] == NO_ANSWER) == bool(kind), (kind, one)
        assert bool(one["sentence"]) == bool(kind) and "Traceback" not in one["sentence"]
        assert not kind or one["remedy"], kind
        assert ("required_fte" in one) == (not kind)
    assert len({one["sentence"].partition(": ")[2] or one["sentence"] for one in outcomes if one["sentence"]}) >= 10


def test_figures_are_those_of_single_runs_to_the_last_digit(sixty):
    folder, _, outcomes = sixty
    table = summary_table(outcomes).set_index("district")
    for at in (0, 1, 2, 3):
        name = f"d{at:04}.xlsx"
        posts = folder / f"p{at:04}.csv"
        files = [(name, (folder / name).read_bytes())]
        files += [("Therapists.csv", posts.read_bytes())] if posts.exists() else []
        answer = analyze(load(files, secret=b"another secret, as of a single run").roster, date(2026, 10, 1))
        told = answer_json(answer)
        row = table.loc[f"District {at:04}"]
        assert row["status"] == told["status"]
        for figure in FIGURES:
            assert row[figure] == told["district"][figure], figure
        assert row["required_fte_p90"] == told["district"]["range"]["required_fte"]["p90"]
        assert row["caseload"] == told["district"]["caseload"]


def test_rates_have_a_denominator_or_a_reason(sixty):
    table = summary_table(sixty[2])
    given = table["students_with_disabilities"].notna() & table["required_fte"].notna()
    expected = table["required_fte"] / table["students_with_disabilities"] * 1000
    assert given.sum() > 20 and (table.loc[given, "required_per_1000"] == expected[given]).all()
    assert table.loc[table["required_per_1000"].isna(), "not_comparable"].notna().all()
    assert table.loc[table["status"] == "need-only", "gap_fte"].isna().all()


def test_a_run_goes_on_where_it_stopped(sixty, tmp_path):
    folder, kinds, outcomes = sixty
    first = run(tasks_of(folder)[:12], threads)
    for _, (task, outcome) in zip(range(7), first, strict=False):
        keep(tmp_path, task, outcome)
    first.close()
    tasks = tasks_of(folder)
    left = [task for task in tasks if kept(tmp_path, task) is None]
    assert len(left) == len(kinds) - 7
    before = {task.name: kept(tmp_path, task) for task in tasks if task not in left}
    for at, one in enumerate(outcomes):
        if one["district"] in before:
            assert without_time(before[one["district"]]) == without_time(outcomes[at])


def test_a_changed_file_setting_or_version_is_worked_out_again(sixty, tmp_path, monkeypatch):
    task = tasks_of(sixty[0])[0]
    keep(tmp_path, task, sixty[2][0])
    assert kept(tmp_path, task)
    other = Task(task.name, ((task.files[0][0], task.files[0][1] + b" "),), settings=task.settings)
    later = Task(task.name, task.files, settings={**task.settings, "day": "2026-10-02"})
    smaller = Task(task.name, task.files, settings=task.settings, smallest=5)
    assert not any(kept(tmp_path, each) for each in (other, later, smaller))
    monkeypatch.setattr("workload.batch.districts.__version__", "another")
    assert kept(tmp_path, task) is None


def test_a_result_that_was_cut_off_is_worked_out_again(sixty, tmp_path):
    task = tasks_of(sixty[0])[0]
    keep(tmp_path, task, sixty[2][0])
    file = next(tmp_path.iterdir())
    file.write_bytes(file.read_bytes()[:-9])
    assert kept(tmp_path, task) is None


def dies_on_the_third(task):
    if task.name.endswith("2"):
        os._exit(9)
    return {"district": task.name, "status": "final", "key": task.key}


def test_a_worker_that_dies_takes_no_other_district_with_it():
    tasks = [Task(f"District {at}") for at in range(9)]

    def two():
        return ProcessPoolExecutor(2, mp_context=get_context("spawn"))

    done = {task.name: outcome for task, outcome in run(tasks, two, dies_on_the_third)}
    assert len(done) == 9
    assert [name for name, one in done.items() if one["status"] == NO_ANSWER] == ["District 2"]
    assert "tried alone" in done["District 2"]["sentence"]


def raises(task):
    raise ValueError("a child's name")


def test_a_fault_of_the_program_is_told_by_its_kind_alone(monkeypatch):
    (outcome,) = (one for _, one in run([Task("Oak")], threads, raises))
    assert "ValueError" in outcome["sentence"] and "child" not in json.dumps(outcome)
    monkeypatch.setattr("workload.batch.one_district.load", lambda *_, **__: raises(None))
    outcome = outcome_of(Task("Oak", (("a.xlsx", b"x"),), settings=TODAY))
    assert outcome["status"] == NO_ANSWER and "ValueError" in outcome["sentence"] and "child" not in json.dumps(outcome)


@pytest.mark.parametrize("place", [{"latitude": "43"}, {"latitude": "north", "longitude": "2"},
                                   {"latitude": "91", "longitude": "2"}, {"latitude": "nan", "longitude": "2"}])  # fmt: skip
def test_a_place_that_cannot_be_is_a_sentence(place):
    outcome = outcome_of(Task("Oak", (("a.csv", b"x"),), settings=TODAY | place))
    assert outcome["status"] == NO_ANSWER and "Latitude and longitude are two numbers" in outcome["sentence"]


def test_few_students_have_a_status_and_no_figure(tmp_path):
    write_districts(tmp_path, 3, rows=9)
    outcomes = [outcome_of(task) for task in tasks_of(tmp_path)]
    table = summary_table(outcomes)
    assert table["withheld"].all() and table[[*FIGURES, "caseload", "required_per_1000"]].isna().all(axis=None)
    assert (table["not_comparable"] == "few students: its figures are not shown").all()
    for one in outcomes:
        assert all(each["required_fte_low"] is None for each in one["premises"])
    assert summary_table([outcome_of(each) for each in tasks_of(tmp_path, smallest=9)])["caseload"].eq(9).all()


def test_a_folder_has_a_district_for_each_workbook_and_each_folder(tmp_path):
    write_districts(tmp_path / "made", 2, rows=12)
    data = (tmp_path / "made" / "d0000.xlsx").read_bytes()
    place = tmp_path / "place"
    (place / "Elm").mkdir(parents=True)
    (place / "Oak.xlsx").write_bytes(data)
    (place / "Oak.assumptions.toml").write_text("hours_per_week = 30")
    (place / "Elm" / "a.xlsx").write_bytes(data)
    (place / "Elm" / "posts.csv").write_text("therapist,role,fte\n")
    (place / "~$Oak.xlsx").write_bytes(b"lock")
    (place / "letter.docx").write_bytes(b"x")
    districts, aside = districts_of(place)
    assert [(each.name, len(each.files), bool(each.posts), bool(each.assumptions)) for each in districts] == [
        ("Elm", 1, True, False),
        ("Oak.xlsx", 1, False, True),
    ]
    assert aside == ["letter.docx"]
    assert outcome_of(task_of(districts[1], TODAY, 10))["required_fte"] > 0


@pytest.mark.parametrize(
    "text, said",
    [
        ("name,files\nOak,a.xlsx\n", "has no column district"),
        ("district,files,colour\nOak,a.xlsx,red\n", "has a column colour"),
        ("district,files\n", "lists no district"),
        ("district,files\nOak,a.xlsx\nOak,b.xlsx\n", "listed twice"),
    ],
)
def test_a_manifest_that_cannot_be_used_is_refused_in_a_sentence(tmp_path, text, said):
    (tmp_path / "manifest.csv").write_text(text)
    with pytest.raises(ManifestError, match=said):
        districts_of(tmp_path)


def test_the_command_writes_both_files_and_goes_on_after_a_kill(sixty, tmp_path):
    folder, kinds, outcomes = sixty
    out = tmp_path / "out"
    begun = subprocess.Popen(
        [sys.executable, "-m", "workload", "batch", str(folder), "--out", str(out), "--workers", "2"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while begun.poll() is None and len(list((out / "districts").glob("*.json") if out.exists() else ())) < 5:
        time.sleep(0.02)
    os.killpg(begun.pid, signal.SIGKILL)
    begun.wait()
    before = len(list((out / "districts").glob("*.json")))
    done = command(folder, "--out", out, "--workers", "1")
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    assert before >= 5 and f"60 of 60, {sum(map(bool, kinds.values()))} without an answer" in done.stderr
    assert before == 60 or f"{before} of them from before" in done.stderr
    table = pd.read_parquet(out / "results.parquet")
    expected = summary_table(outcomes)
    pd.testing.assert_frame_equal(
        table.astype(object).where(table.notna(), None), expected.astype(object).where(expected.notna(), None)
    )
    book = openpyxl.load_workbook(out / "summary.xlsx", read_only=True)
    assert book.sheetnames == ["Districts", "Totals", "Premises", "No answer", "About"]
    assert book["Districts"].max_row == 61 and book["No answer"].max_row == 1 + sum(map(bool, kinds.values()))


@pytest.mark.parametrize("arguments", [("nowhere", "--out", "x"), (".", "--out", "x", "--workers", "0")])
def test_wrong_usage_is_a_sentence(arguments, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "workload", "batch", *arguments], capture_output=True, text=True, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 64 and "Traceback" not in done.stderr and done.stderr
