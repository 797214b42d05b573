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
        "--scenario",
        metavar="FILE.toml",
        action="append",
        default=[],
        help="a scenario saved on screen, as an option of the packet; may be given several times",
    )
    command.add_argument("--recommend", metavar="NAME", help="the option that the district recommends, by its name")
    command.add_argument(
        "--wording", metavar="FILE.toml", help="sentences in the district's own words, over those of the settings"
    )
    command.add_argument(
        "--needed-by", metavar="DAY", help="by when the time is needed, over the words of the settings"
    )
    command.add_argument(
        "--delivered",
        metavar="FILE",
        action="append",
        default=[],
        help="delivered minutes: monthly totals, a log of sessions or a fidelity report; may be given several times",
    )
    command.add_argument("--forms", action="store_true", help="also make the form of the chosen state")
    command.add_argument(
        "--language",
        type=_language,
        metavar="LANGUAGE",
        help=f"of the documents, over the one of the settings: "
        f"{', '.join(f'{code} {label}' for code, label in LABELS.items())}. {TRANSLATED} {NOT_CERTIFIED}",
    )


def _chosen(answer, options: argparse.Namespace):
    """Settings and options: of the settings file, with what the command line says over it, as the page has them."""
    from workload.model.words import day_in
    from workload.report.not_acting import waiting
    from workload.report.packet_choices import MOST_OPTIONS, SettingError, Settings
    from workload.report.packet_choices_file import read_settings, read_wording
    from workload.report.scenario_options import option_of, outcomes, with_one_recommended
    from workload.scenarios.cost import Rates
    from workload.scenarios.priced_words import past_day_refusal
    from workload.scenarios.scenario import from_toml

    settings, choices = read_settings(Path(options.settings)) if options.settings else (Settings(), ())
    typed = {"district_name": options.district, "language": options.language, "needed_by": options.needed_by}
    settings = replace(settings, **{name: value for name, value in typed.items() if value})
    if problem := past_day_refusal(day_in(settings.needed_by), answer.day):
        raise SettingError(problem)
    if options.forms:
        settings = replace(settings, forms=True)
    if options.wording:
        own = {(of, key): text for of, key, text in (*settings.wording, *read_wording(Path(options.wording)))}
        settings = replace(settings, wording=tuple((*key, text) for key, text in sorted(own.items())))
    prices = Rates().changed(dict(settings.rates))
    if settings.not_acting is None:
        settings = replace(settings, not_acting=waiting(answer, prices))
    for path in options.scenario:
        try:
            scenario = from_toml(Path(path).read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            raise SettingError(f"The scenario {Path(path).name} is not text (UTF-8).") from None
        choices = (*choices, option_of(outcomes(answer, scenario, prices), prices))
    if len(choices) > MOST_OPTIONS:
        raise SettingError(f"A packet offers at most {MOST_OPTIONS} options, got {len(choices)}.")
    if options.recommend:
        if options.recommend not in [one.name for one in choices]:
            raise SettingError(f"There is no option called {options.recommend[:60]} to recommend.")
        choices = with_one_recommended(tuple(choices), options.recommend)
    return settings, choices


def _delivered(answer, paths: list[str], secret: Callable[[], bytes]):
    """The delivered minutes of files, as the page reads them; None without one. Raises `SettingError` for a file that holds none."""
    from workload.intake.open.opening import open_file
    from workload.report.packet_choices import SettingError
    from workload.staffing.delivered.delivered_file import delivered_in, joined, written_as
    from workload.staffing.delivered.from_fidelity import delivered_of_report

    parts, roster = [], answer.roster
    for path in map(Path, paths):
        found = delivered_in(open_file(path.name, path.read_bytes()), secret())
        made = delivered_of_report(found.report, answer.day).delivered if found.report is not None else found.delivered
        if made is None:
            raise SettingError(f"{path.name}: {found.refusal}")
        parts.append(written_as(made, roster.therapists["therapist"].dropna(), roster.schools["school"].dropna()))
    return joined(parts)


def _language(text: str) -> str:
    if problem := refusal(text):
        raise argparse.ArgumentTypeError(problem)
    return text


def write_packet(
    answer, options: argparse.Namespace, refuse: Callable[[str], Exception], secret: Callable[[], bytes]
) -> None:
    """Makes the packet and writes its files, telling each on standard output.

    secret  gives the key that pseudonyms are made with. Raises what `refuse` makes of a sentence for settings that cannot be used, a packet that may not be made, or a folder
    that cannot be written.
    """
    from workload.report.packet import PacketError, make_packet
    from workload.report.packet_choices import SettingError
    from workload.scenarios.cost import RateError
    from workload.scenarios.lever_fields import LeverError

    try:
        settings, choices = _chosen(answer, options)
        delivered = _delivered(answer, options.delivered, secret)
        files = make_packet(
            answer,
            options.audience,
            settings,
            choices,
            lambda share, words: print(f"{share:4.0%}  {words}", file=sys.stderr),
            delivered,
        )
        folder = Path(options.out)
        folder.mkdir(parents=True, exist_ok=True)
        write_together({folder / name: content for name, content in files.items()})
        for name in files:
            print(folder / name)
    except (SettingError, PacketError, LeverError, RateError) as problem:
        raise refuse(str(problem)) from None
    except OSError as problem:
        raise refuse(
            f"cannot read or write {problem.filename or options.out}: {problem.strerror or type(problem).__name__}"
        ) from None
