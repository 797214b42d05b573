"""The library as an outsider calls it: `python -m workload analyze … --json OUT`, in this process."""

import json
import tempfile
from pathlib import Path

from workload.__main__ import main


def analyze(roster, day, assumptions=None, posts=None, seed=None, last_day=None):
    """The JSON of the answer."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "answer.json"
        command = ["analyze", str(roster), "--day", str(day), "--json", str(out)]
        if assumptions:
            settings = Path(folder) / "assumptions.toml"
            lines = (f"{name} = {json.dumps(value)}\n" for name, value in assumptions.items() if value is not None)
            settings.write_text("".join(lines), encoding="utf-8")
            command += ["--assumptions", str(settings)]
        if last_day is not None:
            calendar = Path(folder) / "calendar.toml"
            calendar.write_text(f"last_day = {last_day}\n", encoding="utf-8")
            command += ["--calendar", str(calendar)]
        if posts is not None:
            command += ["--posts", str(posts)]
        if seed is not None:
            command += ["--seed", str(seed)]
        status = main(command)
        assert status in (0, 2), f"exit status {status}"
        return json.loads(out.read_text(encoding="utf-8"))
