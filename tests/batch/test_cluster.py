"""A real Dask scheduler with two workers on this machine, one of them killed in the middle: no district is lost."""

import json
import subprocess
import sys
import time
from pathlib import Path

import distributed
import pytest

from tests.batch.many_districts import write_districts
from tests.batch.test_batch import ROOT, command, tasks_of, threads, without_time
from workload.batch.run_all import run


def service(name, *arguments, folder):
    with open(folder / f"{name}-{time.monotonic_ns()}.log", "wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{name}", *arguments], cwd=ROOT, stdout=log, stderr=log
        )


def address_in(file: Path, scheduler) -> str:
    while scheduler.poll() is None:
        if file.exists() and file.read_text().strip():
            return json.loads(file.read_text())["address"]
        time.sleep(0.05)
    raise AssertionError("the scheduler ended")


@pytest.fixture
def cluster(tmp_path):
    """(address, the two worker processes)"""
    place, processes = tmp_path / "scheduler.json", []
    try:
        processes.append(
            service("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(place),
                    folder=tmp_path)
        )  # fmt: skip
        address = address_in(place, processes[0])
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(tmp_path / "spill"))
        processes += [service("worker", address, *options, folder=tmp_path) for _ in range(2)]
        yield address, processes[1:]
    finally:
        for process in processes:
            process.kill()
            process.wait()


def test_a_worker_that_is_killed_loses_no_district(cluster, tmp_path):
    address, workers = cluster
    write_districts(tmp_path / "in", 40, rows=14, every=5)
    tasks = tasks_of(tmp_path / "in")
    expected = {task.name: without_time(outcome) for task, outcome in run(tasks, threads)}
    client = distributed.Client(address, timeout="60s")
    try:
        client.wait_for_workers(2)
        done = {}
        for task, outcome in run(tasks, lambda: client.get_executor(pure=False), at_once=8):
            done[task.name] = without_time(outcome)
            if len(done) == 10:
                workers[0].kill()
        assert workers[0].wait() != 0 and workers[1].poll() is None
    finally:
        client.close()
    assert done == expected


def test_the_command_runs_on_a_scheduler(cluster, tmp_path):
    address, _ = cluster
    write_districts(tmp_path / "in", 4, rows=12)
    done = command(tmp_path / "in", "--out", tmp_path / "out", "--scheduler", address)
    assert done.returncode == 0 and "4 of 4" in done.stderr, done.stderr
    assert (tmp_path / "out" / "results.parquet").exists()


def test_a_scheduler_that_does_not_answer_is_a_sentence(tmp_path, monkeypatch):
    write_districts(tmp_path / "in", 1, rows=12)
    done = command(tmp_path / "in", "--out", tmp_path / "out", "--scheduler", "nonsense://nowhere")
    assert done.returncode == 64 and "no Dask scheduler answers" in done.stderr and "Traceback" not in done.stderr
