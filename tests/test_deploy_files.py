"""What a district deploys by: the files that an image holds are enough to serve, and nothing else gets into it."""

from __future__ import annotations

import configparser
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
import yaml

from tests.support.ports import free_port
from workload.store.database import DATABASE

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
LINES = [
    line.split(maxsplit=1)
    for line in (DEPLOY / "Containerfile").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith(("#", " "))
]
COPIED = [words.split() for command, words in LINES if command == "COPY"]
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
UNIT = DEPLOY / "ot-staffing.service"
SECONDS = 120


def said(command: str) -> list[str]:
    """The words of a command of the container file that is written as a list."""
    [words] = [words for name, words in LINES if name == command]
    return json.loads(words.removeprefix("CMD "))


def test_an_image_gets_what_is_named_and_no_secret_history_or_district_with_it():
    names = {each for line in COPIED for each in line[:-1]}
    assert names == {
        "requirements.lock",
        "pyproject.toml",
        "LICENSE",
        ".streamlit/config.toml",
        "data",
        "workload",
        "dashboard",
    }
    let_through = {
        line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")
    }
    assert let_through == names and all((ROOT / each).exists() for each in names)
    runs = " ".join(words for command, words in LINES if command == "RUN")
    assert "--require-hashes -r requirements.lock" in runs and runs.count("pip install") == 1
    assert [words for command, words in LINES if command == "USER"] == ["ot"]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """(address, environment, folder): the command of the container file, in a folder with what the image holds."""
    app, home = tmp_path_factory.mktemp("app"), tmp_path_factory.mktemp("data")
    for *names, target in COPIED:
        for name in names:
            to = app / (target if not target.endswith("/") else f"{target}{name}")
            to.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, to, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / name, to)
    given = dict(each.split("=", 1) for command, words in LINES if command == "ENV" for each in words.split())
    assert given["OT_STAFFING_HOME"] == "/data" and given["PYTHONPATH"] == "/app"
    environment = {**os.environ, **given, "OT_STAFFING_HOME": str(home), "PYTHONPATH": str(app)}
    port = free_port()
    program, *words = said("CMD")
    server = subprocess.Popen(
        [str(Path(sys.executable).parent / program), *words, "--server.port", str(port)],
        cwd=app,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"http://127.0.0.1:{port}", environment, app, server
    finally:
        server.terminate()
        server.wait(timeout=30)


def answered(address: str, server: subprocess.Popen) -> str:
    until = time.monotonic() + SECONDS
    while server.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.3)
    pytest.fail("The command of the container file did not serve.")


@pytest.mark.slow
def test_what_the_image_holds_serves_is_healthy_and_can_be_copied_and_restored(served, tmp_path):
    address, environment, app, server = served
    assert answered(f"{address}/_stcore/health", server) == "ok"
    assert answered(f"{address}/own/ready", server) == "ready"
    check = [each.replace("http://127.0.0.1:8501", address) for each in said("HEALTHCHECK")]
    store = [sys.executable, "-m", "workload.store"]
    begin = [*store, "begin", "Maple Valley", "boss@district.example"]

    def done(command: list[str], home: dict[str, str] = environment) -> str:
        return subprocess.run(command, cwd=app, env=home, check=True, capture_output=True, text=True).stdout

    done([sys.executable, *check[1:]])
    [id] = re.findall(r"[0-9a-f]{32}", done(begin))
    done([*store, "backup", str(tmp_path / "copy")])
    done([*store, "check"])
    elsewhere = {**environment, "OT_STAFFING_HOME": str(tmp_path / "elsewhere")}
    done([*store, "restore", str(tmp_path / "copy")], elsewhere)
    assert "boss@district.example" in done([*store, "people", id], elsewhere)


def test_the_services_of_the_compose_file_name_only_what_there_is():
    tool, db = COMPOSE["services"]["tool"], COMPOSE["services"]["db"]
    assert set(tool["depends_on"]) <= set(COMPOSE["services"])
    for service in (tool, db):
        named = [each.split(":")[0] for each in service["volumes"]]
        assert {each for each in named if "/" not in each} <= set(COMPOSE["volumes"])
        assert set(service["secrets"]) <= set(COMPOSE["secrets"])
    assert (DEPLOY / tool["build"]["context"] / tool["build"]["dockerfile"]).resolve() == DEPLOY / "Containerfile"
    url = tool["environment"][DATABASE]
    user, host, name = re.fullmatch(r"postgresql\+psycopg://(\w+)@(\w+)/(\w+)", url).groups()
    assert host in COMPOSE["services"]
    assert (user, name) == (db["environment"]["POSTGRES_USER"], db["environment"]["POSTGRES_DB"])
    assert tool["ports"] == ["127.0.0.1:8501:8501"] and "ports" not in db  # the proxy alone reaches the tool
    assert tool["environment"]["PGPASSFILE"] == "/run/secrets/pgpass"
    volumes = {words for command, words in LINES if command == "VOLUME"}
    assert volumes == {each.split(":")[1] for each in tool["volumes"] if each.startswith("data:")}


def test_the_unit_is_one_that_systemd_takes_and_starts_what_make_serve_starts(tmp_path):
    unit = configparser.ConfigParser(strict=False)
    unit.optionxform = str
    unit.read(UNIT)
    program, *words = unit["Service"]["ExecStart"].split()
    [serve] = re.findall(r"^serve:.*\n\t\$\(BIN\)/streamlit (.*)$", (ROOT / "Makefile").read_text(), re.M)
    assert " ".join(words) == serve and (ROOT / words[-1]).is_file()
    text = UNIT.read_text(encoding="utf-8")
    for place, own in ((program, sys.executable), (unit["Service"]["WorkingDirectory"], str(ROOT))):
        text = text.replace(place, own)
    copy = tmp_path / UNIT.name
    copy.write_text(text.replace("User=ot-staffing", "User=root"), encoding="utf-8")
    verify = subprocess.run(["systemd-analyze", "verify", str(copy)], capture_output=True, text=True)
    assert verify.returncode == 0 and UNIT.name not in verify.stderr, verify.stderr
