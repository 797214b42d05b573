"""The command line: `python -m workload template | check | analyze | report | batch`.

Exit status: 0 answered (warnings included); 2 the data has errors that stop the calculation, one line each on
standard error; 64 wrong usage; 70 a fault of the program itself, told without its details.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from workload.model.terminal import end_of_output, say

ANSWERED, DATA_ERRORS, USAGE, SOFTWARE = 0, 2, 64, 70


class UsageError(Exception):
    """The command was called in a way it does not understand. Carries one sentence."""


class Parser(argparse.ArgumentParser):
    """argparse, with the exit status that the contract names for wrong usage."""

    def error(self, message: str):
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")


def parser() -> Parser:
    """The whole command line."""
    from workload.batch.batch_arguments import add_arguments as add_batch_arguments
    from workload.report.command import add_arguments

    top = Parser(prog="python -m workload", description="Workload and staffing of school-based occupational therapy.")
    commands = top.add_subparsers(dest="command", required=True, parser_class=Parser)

    template = commands.add_parser("template", help="write an empty roster workbook with instructions")
    template.add_argument("out", help="file to write, or - for standard output")

    for name, words in (
        ("check", "say what is wrong with a roster, where, and what to do"),
        ("analyze", "answer how many full-time equivalents are needed and available"),
        ("report", "write the packet for one audience: brief, slides, workbook, tables"),
    ):
        command = commands.add_parser(name, help=words)
        command.add_argument("roster", nargs="+", help="one or more workbooks or CSV files of one district")
        command.add_argument("--map", metavar="MAP.toml", help="column map and answers saved from an earlier upload")
        if name != "report":
            command.add_argument("--json", metavar="OUT", help="write JSON to a file, or - for standard output")
        command.add_argument("--day", type=_day, metavar="YYYY-MM-DD", help="the date that the answer speaks of")
        if name == "check":
            continue
        command.add_argument(
            "--state", type=_state, metavar="XX", help="postal code of the state whose rules are shown"
        )
        command.add_argument("--assumptions", metavar="FILE.toml", help="values that replace the defaults, by id")
        command.add_argument(
            "--posts", metavar="POSTS.csv", help="who is in post, where the roster does not say: columns of Therapists"
        )
        command.add_argument(
            "--renewals",
            choices=["carry", "stop"],
            help="whether a line that ends at the annual review goes on (carry, the default) or ends (stop)",
        )
        command.add_argument("--calendar", metavar="FILE.toml", help="first and last day of school, and closings")
        command.add_argument("--seed", type=int, metavar="N", help="seed of the draws behind the range")

    of_analyze = commands.choices["analyze"].add_argument
    of_analyze("--scenario", metavar="FILE.toml", help="a scenario saved on screen, answered beside today")
    of_analyze(
        "--needed-by", type=_day, metavar="YYYY-MM-DD", help="price the ask from this day, with its own answer beside"
    )
    of_analyze("--xlsx", metavar="OUT", help="write the tables as a workbook, or - for standard output")
    add_arguments(commands.choices["report"])
    add_batch_arguments(
        commands.add_parser("batch", help="answer many districts, and put them beside each other"), _day, _state
    )
    return top


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a day is written YYYY-MM-DD, got {text}") from None


def _state(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2}", text):
        raise argparse.ArgumentTypeError(f"a state is a postal code of two letters such as WI, got {text}")
    return text.upper()


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status."""
    options = parser().parse_args(arguments)
    try:
        run = {"template": _template, "check": _check, "analyze": _analyze, "report": _report, "batch": _batch}
        status = run[options.command](options)
        sys.stdout.flush()
        return status
    except UsageError as problem:
        say(f"python -m workload: {problem}", sys.stderr)
        return USAGE
    # The one place where a fault is caught. Its text may hold data, so only its kind is told.
    except Exception as fault:
        ended = end_of_output(fault)
        if ended is None:
            said = f"the program failed ({type(fault).__name__}). Please report this with the kind of file you used."
            say(f"python -m workload: {said}", sys.stderr)
            return SOFTWARE
        if ended:
            say(f"python -m workload: {ended}", sys.stderr)
        return USAGE if ended else ANSWERED


def _template(options: argparse.Namespace) -> int:
    from workload.intake.template import write_template

    workbook = io.BytesIO()
    write_template(workbook)
    _write(options.out, workbook.getvalue())
    return ANSWERED


def _files(options: argparse.Namespace):
    """The files of a call, opened, and what was decided about them before."""
    from workload.intake.answers.import_map import ImportMap, MapError, read_map
    from workload.intake.load import open_files, posts_file

    files = [(Path(path).name, _read(path)) for path in options.roster]
    if getattr(options, "posts", None):
        files.append(posts_file(options.posts, _read(options.posts)))
    try:
        answers = read_map(Path(options.map)) if options.map else ImportMap()
    except OSError as problem:
        raise UsageError(f"cannot read {options.map}: {problem.strerror}") from None
    except MapError as problem:
        raise UsageError(f"{options.map}: {problem}") from None
    return open_files(files), answers


def _load(options: argparse.Namespace):
    """What intake makes of the files, the opened files, what was decided about them, and the secret."""
    from workload.intake.load import load
    from workload.model.issues import NOTICE, Issue, ordered

    opened, answers = _files(options)
    secret = _secret()
    loaded = load(opened, secret=secret.key, answers=answers)
    # The same call gives the same JSON, so that a secret was made is told on the terminal only.
    if secret.code == "secret-not-kept" or secret.code and not getattr(options, "json", None):
        told = Issue(secret.code, NOTICE, secret.message, secret.remedy)
        loaded = replace(loaded, roster=replace(loaded.roster, issues=ordered((*loaded.roster.issues, told))))
    return loaded, opened, answers, secret.key


def _secret():
    """The secret of this installation, so that a student keeps a pseudonym from one run to the next."""
    from workload.model.pseudonyms import SecretError, data_folder, secret_of

    try:
        return secret_of(data_folder())
    except SecretError as problem:
        raise UsageError(str(problem)) from None


def _check(options: argparse.Namespace) -> int:
    from workload.answer import analyze, default_day
    from workload.consequences import consequences
    from workload.model.issues import ordered, stops
    from workload.report.check_json import check_json

    loaded, opened, answers, secret = _load(options)
    issues = ordered(loaded.roster.issues)
    day = options.day or default_day(loaded.roster, date.today())
    answer = None if stops(issues) else analyze(loaded.roster, day)
    if options.json:
        _write_json(
            options.json,
            check_json(
                loaded,
                answer,
                lambda question: consequences(opened, secret, answers, question, day, most=len(question.choices)),
            ),
        )
    else:
        from workload.report.terminal_lines import check_lines

        say("\n".join(check_lines(loaded, answer)))
    return _refused(issues) if answer is None else ANSWERED


def _answer(options: argparse.Namespace):
    """The answer for the files and the values given; an exit status where the data has errors that stop it."""
    from workload.answer import analyze, default_day
    from workload.model.issues import ERROR, Issue, ordered, stops
    from workload.model.parameters import Assumptions, ParameterError, read_assumptions
    from workload.premises.renewed_or_left import confirmed_by_map
    from workload.report.answer_json import refusal_json
    from workload.staffing.likely_range import DEFAULT_SEED

    loaded, _, answers, _ = _load(options)
    found = list(loaded.roster.issues)
    assumptions = Assumptions()
    try:
        assumptions = read_assumptions(Path(options.assumptions)) if options.assumptions else assumptions
        if options.renewals:
            assumptions = assumptions.changed({"renewals": options.renewals}, "--renewals")
    except OSError as problem:
        raise UsageError(f"cannot read {options.assumptions}: {problem.strerror}") from None
    except ParameterError as problem:
        found.append(
            Issue(
                "assumption-refused",
                ERROR,
                f"{problem}.",
                "Correct the value in the assumptions file.",
                file=Path(options.assumptions).name,
                column=problem.id,
                value=problem.came,
            )
        )
    issues = ordered(found)
    if stops(issues):
        if getattr(options, "json", None):
            _write_json(options.json, refusal_json(issues, loaded.roster))
        return _refused(issues)
    day = options.day or default_day(loaded.roster, date.today())
    seed = DEFAULT_SEED if options.seed is None else options.seed
    said, calendar = confirmed_by_map(answers.renewals, answers.said_by), _calendar(options, day)
    return analyze(loaded.roster, day, assumptions, options.state, seed, said, calendar=calendar)


def _calendar(options: argparse.Namespace, day: date):
    """The school calendar of a file; None without one."""
    from workload.model.school_calendar import CalendarError, calendar_in

    try:
        return calendar_in(_read(options.calendar), day) if options.calendar else None
    except CalendarError as problem:
        raise UsageError(f"{options.calendar}: {problem}") from None


def _report(options: argparse.Namespace) -> int:
    from workload.report.command import write_packet

    answer = _answer(options)
    if isinstance(answer, int):
        return answer
    write_packet(answer, options, UsageError, lambda: _secret().key)
    return ANSWERED


def _batch(options: argparse.Namespace) -> int:
    from workload.batch.batch_command import batch

    batch(options, date.today(), UsageError)
    return ANSWERED


def _analyze(options: argparse.Namespace) -> int:
    from workload.report.answer_json import answer_json
    from workload.scenarios.priced_words import past_day_refusal

    answer = _answer(options)
    if isinstance(answer, int):
        return answer
    if problem := past_day_refusal(options.needed_by, answer.day):
        raise UsageError(problem)
    outcome = _outcome(options, answer)
    if isinstance(outcome, int):
        return outcome
    if options.json:
        _write_json(options.json, {**answer_json(answer, options.needed_by), **outcome})
    if options.xlsx:
        from workload.report.answer_workbook import answer_workbook

        _write(options.xlsx, answer_workbook(answer))
    if "-" not in (options.json, options.xlsx):
        from workload.report.terminal_lines import answer_lines, outcome_lines

        made = outcome_lines(answer, outcome.get("scenario", {}))
        say("\n".join([*answer_lines(answer, options.needed_by), *made]))
    return ANSWERED


def _outcome(options: argparse.Namespace, answer) -> dict | int:
    """What comes of the scenario file, for the JSON; nothing without one; an exit status where it cannot be used."""
    if not options.scenario:
        return {}
    from workload.model.issues import ERROR, Issue
    from workload.report.answer_json import refusal_json
    from workload.report.plain_data import as_data
    from workload.scenarios.lever_fields import LeverError
    from workload.scenarios.outcome import apply
    from workload.scenarios.scenario import from_toml

    try:
        outcome = apply(answer, from_toml(_read(options.scenario).decode("utf-8")))
    except (LeverError, UnicodeDecodeError) as problem:
        said = str(problem) if isinstance(problem, LeverError) else "The scenario file is not text (UTF-8)."
        issue = Issue("scenario-refused", ERROR, said, "Correct the scenario file.", file=Path(options.scenario).name)
        if options.json:
            _write_json(options.json, refusal_json((*answer.roster.issues, issue), answer.roster))
        return _refused([issue])
    return {"scenario": {"name": outcome.scenario.name, "figures": as_data(outcome.figures)}}


def _refused(issues) -> int:
    for issue in issues:
        if issue.severity == "error":
            say(issue.as_line(), sys.stderr)
    return DATA_ERRORS


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as problem:
        raise UsageError(f"cannot read {path}: {problem.strerror}") from None


def _write_json(out: str, content: dict) -> None:
    _write(out, (json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode())


def _write(out: str, content: bytes) -> None:
    from workload.model.whole_file import write_whole

    if out == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        write_whole(Path(out), content)
    except OSError as problem:
        raise UsageError(f"cannot write {out}: {problem.strerror}") from None


if __name__ == "__main__":
    sys.exit(main())
