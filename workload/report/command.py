"""`python -m workload report`: a packet for one audience into a folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from workload.model.whole_file import write_together
from workload.report.audience import AUDIENCES
from workload.report.language.languages import LABELS, NOT_CERTIFIED, TRANSLATED, refusal


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The arguments of `report` beside those of `analyze`."""
    command.add_argument(
        "--audience",
        required=True,
        choices=list(AUDIENCES),
        help="; ".join(f"{one.code}: {one.label}" for one in AUDIENCES.values()),
    )
    command.add_argument(
        "--out", required=True, metavar="DIR", help="folder for the files; it is made if it is not there"
    )
    command.add_argument("--settings", metavar="FILE.toml", help="district name, colors, logo, who checked it, options")
    command.add_argument("--district", metavar="NAME", help="the district's name, over the one of the settings")
    command.add_argument(
        "--language",
        type=_language,
        metavar="LANGUAGE",
        help=f"of the sentences of the ask, over the one of the settings: "
        f"{', '.join(f'{code} {label}' for code, label in LABELS.items())}. {TRANSLATED} {NOT_CERTIFIED}",
    )


def _language(text: str) -> str:
    if problem := refusal(text):
        raise argparse.ArgumentTypeError(problem)
    return text


def write_packet(answer, options: argparse.Namespace, refuse: Callable[[str], Exception]) -> None:
    """Makes the packet and writes its files, telling each on standard output.

    Raises what `refuse` makes of a sentence for settings that cannot be used, a packet that may not be made, or a folder
    that cannot be written.
    """
    from workload.report.packet import PacketError, make_packet
    from workload.report.packet_choices import SettingError, Settings
    from workload.report.packet_choices_file import read_settings

    try:
        settings, choices = read_settings(Path(options.settings)) if options.settings else (Settings(), ())
        if options.district:
            settings = replace(settings, district_name=options.district)
        if options.language:
            settings = replace(settings, language=options.language)
        files = make_packet(
            answer,
            options.audience,
            settings,
            choices,
            lambda share, words: print(f"{share:4.0%}  {words}", file=sys.stderr),
        )
        folder = Path(options.out)
        folder.mkdir(parents=True, exist_ok=True)
        write_together({folder / name: content for name, content in files.items()})
        for name in files:
            print(folder / name)
    except (SettingError, PacketError) as problem:
        raise refuse(str(problem)) from None
    except OSError as problem:
        raise refuse(
            f"cannot read or write {problem.filename or options.out}: {problem.strerror or type(problem).__name__}"
        ) from None
