"""What `python -m workload batch` may be told; apart from the run, so that no other command waits for its libraries."""

from __future__ import annotations

import argparse
from collections.abc import Callable

SMALLEST_COUNT = 10


def add_arguments(command: argparse.ArgumentParser, day: Callable, state: Callable) -> None:
    command.add_argument(
        "place", metavar="FOLDER_OR_MANIFEST", help="a folder of workbooks, or a CSV file with one district a row"
    )
    command.add_argument(
        "--out", required=True, metavar="OUT", help="folder of the results; a stopped run goes on in it"
    )
    where = command.add_mutually_exclusive_group()
    where.add_argument(
        "--workers", type=_count, metavar="N", help="processes on this computer (default: its processors)"
    )
    where.add_argument(
        "--scheduler", metavar="ADDRESS", help="address of a Dask scheduler, such as tcp://10.0.0.5:8786"
    )
    command.add_argument(
        "--day", type=day, metavar="YYYY-MM-DD", help="the day of every answer, unless the manifest says"
    )
    command.add_argument(
        "--state", type=state, metavar="XX", help="the state of every district, unless the manifest says"
    )
    command.add_argument(
        "--smallest-count",
        type=_count,
        default=SMALLEST_COUNT,
        metavar="N",
        help=f"figures of fewer students are not shown (default {SMALLEST_COUNT})",
    )


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"a whole number of at least 1, got {text}")
    return int(text)
