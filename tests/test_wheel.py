"""The wheel works by itself: built, installed into an empty environment, and used from a folder that is not ours."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import time
import urllib.request
import zipfile
from datetime import date
from pathlib import Path

import pytest

import workload
from tests.support.ports import free_port

ROOT = Path(__file__).parents[1]
IN_THE_WHEEL = ("workload", "dashboard", "data", ".streamlit", "pyproject.toml", "README.md", "LICENSE")
LONGEST_START_SECONDS = 300


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel of a copy of this project that holds only what a wheel is made of. Needs no network."""
    project = tmp_path_factory.mktemp("project")
    for name in IN_THE_WHEEL:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, project / name)
    out = tmp_path_factory.mktemp("wheels")
    run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", out, project)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory) -> Path:
    """The interpreter of a fresh environment that holds our wheel, and finds everything else where the tests run.

    The packages beside it come by path, without the links of editable installs, so this project is the wheel.
    """
    place = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", place)
    inside = Path(sysconfig.get_path("purelib", vars={"base": str(place), "platbase": str(place)}))
    (inside / "beside.pth").write_text("\n".join({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}))
    program = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    run(sys.executable, "-m", "pip", "--python", program, "install", "--no-deps", "--no-index", wheel)
    return program


def run(*command, **more) -> subprocess.CompletedProcess:
    """A finished command; its own words when it fails."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def elsewhere(home: Path) -> dict[str, str]:
    """The environment without a path to this checkout."""
    return {**{key: value for key, value in os.environ.items() if key != "PYTHONPATH"}, "OT_STAFFING_HOME": str(home)}


@pytest.mark.slow
def test_the_data_and_both_licenses_travel_in_the_wheel(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    kept = {
        path.relative_to(ROOT / "data")
        for path in (ROOT / "data").rglob("*")
        if path.suffix in (".toml", ".typ", ".otf", ".csv", ".xlsx")
    }
    assert len(kept) > 50
    assert {f"workload/data/{path.as_posix()}" for path in kept} <= names
    assert "dashboard/.streamlit/config.toml" in names
    assert len([name for name in names if "/licenses/" in name]) == 2


@pytest.mark.slow
def test_the_installed_command_answers_the_sample_from_another_folder(python, tmp_path):
    here = elsewhere(tmp_path / "home")
    place = run(python, "-c", "import workload; print(workload.__file__)", cwd=tmp_path, env=here).stdout
    assert str(ROOT) not in place
    sample = run(python, "-c", "import workload; print(workload.sample_file())", cwd=tmp_path, env=here).stdout.strip()
    run(
        python,
        "-m",
        "workload",
        "analyze",
        sample,
        "--day",
        "2026-10-01",
        "--json",
        "answer.json",
        cwd=tmp_path,
        env=here,
    )
    district = json.loads((tmp_path / "answer.json").read_text())["district"]
    file = workload.sample_file()
    here_too = workload.analyze(
        workload.load([(file.name, file.read_bytes())], secret=b"any").roster, date(2026, 10, 1)
    )
    assert district["required_fte"] == pytest.approx(here_too.district["required_fte"], rel=1e-9)
    run(
        python,
        "-m",
        "workload",
        "report",
        sample,
        "--day",
        "2026-10-01",
        "--audience",
        "board",
        "--out",
        "packet",
        cwd=tmp_path,
        env=here,
    )
    assert (tmp_path / "packet" / "decision-memo.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.slow
def test_the_installed_dashboard_starts_from_another_folder_with_our_settings(python, tmp_path):
    port = free_port()
    entry = python.with_name("ot-staffing-dashboard" + (".exe" if os.name == "nt" else ""))
    server = subprocess.Popen(
        [str(entry), "--server.port", str(port)],
        cwd=tmp_path,
        env=elsewhere(tmp_path / "home"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert answered(f"http://127.0.0.1:{port}/_stcore/health", server) == "ok"
        page = urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60)
        assert page.headers["x-frame-options"] == "DENY"
        assert "/own/page.js" in page.read().decode()
    finally:
        server.terminate()
        said = server.communicate(timeout=60)[0]
    assert (
        f"The dashboard is at http://127.0.0.1:{port}" in said
    )  # our settings: this computer only, no card of Streamlit's
    assert "You can now view" not in said


def answered(address: str, server: subprocess.Popen) -> str:
    """What the address says once it answers."""
    until = time.monotonic() + LONGEST_START_SECONDS
    while server.poll() is None and time.monotonic() < until:
        try:
            return urllib.request.urlopen(address, timeout=30).read().decode()
        except OSError:
            time.sleep(0.3)
    server.kill()
    pytest.fail(f"The dashboard did not start: {server.communicate()[0]}")
