"""Nothing of a file steers the terminal that its findings are printed on."""

import subprocess
import sys
from pathlib import Path

from workload.model.terminal import say

ROOT = Path(__file__).parents[2]


def test_what_steers_a_terminal_stands_as_its_number(capsys):
    say("O\u202eak \x1b[31m\x9b2J\u2067x\ttab\nŁódź 日本 Peña")
    assert capsys.readouterr().out == "O<U+202E>ak <U+001B>[31m<U+009B>2J<U+2067>x\ttab\nŁódź 日本 Peña\n"


def test_names_of_a_file_that_turn_the_text_around_are_printed_as_numbers(tmp_path):
    text = "student_id,school,minutes_per_session,sessions,period,therapist\n1,O\u202eak,lots,2,week,Ann\u202e Orr\n2,Elm,30,2,week,Ann\u202e Orr\n"
    (tmp_path / "r\u202eoster.csv").write_text(text, encoding="utf-8")
    for command in ("check", "analyze"):
        done = subprocess.run(
            [sys.executable, "-m", "workload", command, tmp_path / "r\u202eoster.csv"], capture_output=True, cwd=ROOT
        )
        assert b"U+202E" in done.stdout and "\u202e".encode() not in done.stdout + done.stderr
