"""`python -m workload.store backup|restore|check|retain|rotate|begin|person|people`: what an administrator does from the command line."""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from workload.model.pseudonyms import data_folder
from workload.store import backup, people_kept, rotation
from workload.store.database import DATABASE, StoreError
from workload.store.packing import UnreadableError
from workload.store.roles import ADMINISTRATOR, ROLES_GIVEN, THIS_COMPUTER, Person
from workload.store.store import Store, open_store


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 1 with a sentence where it cannot be done."""
    parser = argparse.ArgumentParser(prog="python -m workload.store", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, about in (("backup", "copy everything into a new folder"), ("restore", "bring a copy back")):
        commands.add_parser(name, help=about).add_argument("folder", type=Path)
    commands.add_parser("check", help="read every district, and the record of changes")
    commands.add_parser("retain", help="forget what nobody has opened for so many days").add_argument("days", type=int)
    commands.add_parser("rotate", help="another secret and other pseudonyms; stop the server first")
    begin = commands.add_parser("begin", help="a new district of a server, with its first administrator")
    begin.add_argument("name")
    begin.add_argument("email")
    person = commands.add_parser("person", help="give somebody a role in a district")
    person.add_argument("district")
    person.add_argument("email")
    person.add_argument("role", choices=(*ROLES_GIVEN, "none"))
    person.add_argument("--therapist", default="", help="whose week it is, for a therapist")
    commands.add_parser("people", help="who may come into a district").add_argument("district")
    options = parser.parse_args(arguments)
    try:
        for line in COMMANDS[options.command](options):
            print(line)
    except (StoreError, UnreadableError) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def _clock() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


def _when() -> str:
    return _clock().isoformat(timespec="seconds")


def _store() -> Store:
    return open_store(data_folder() / backup.FOLDER, os.environ.get(DATABASE, ""))


def _backup(options: argparse.Namespace) -> list[str]:
    home, today = data_folder(), _clock().astimezone().date()
    if os.environ.get(DATABASE):
        copied = backup.backup_server(home, options.folder, _store().engine, today)
    else:
        copied = backup.backup(home, options.folder, today)
    return [f"copied {name}" for name in copied]


def _restore(options: argparse.Namespace) -> list[str]:
    home = data_folder()
    if os.environ.get(DATABASE):
        back = backup.restore_server(home, options.folder, _store().engine)
    else:
        back = backup.restore(home, options.folder)
    return [f"brought back {name}" for name in back] + _check(options)


def _check(options: argparse.Namespace) -> list[str]:
    store = _store()
    listed = store.all_districts()
    broken = store.record_is_whole()
    if broken is not None:
        raise StoreError(f"The record of changes was changed at row {broken} or lacks it.")
    counts = [store.readable_parts(each.id) for each in listed]
    return [f"{len(listed)} districts with {sum(counts)} parts are readable; the record of changes is whole."]


def _retain(options: argparse.Namespace) -> list[str]:
    if options.days < 1:
        raise StoreError("Name at least one day.")
    store, limit = _store(), (_clock() - timedelta(days=options.days)).isoformat(timespec="seconds")
    old = [each for each in store.all_districts() if max(each.opened, each.created, each.saved) < limit]
    for each in old:
        store.district(each.id, THIS_COMPUTER).forget(_when())
    return [f"forgot {each.name}" for each in old] or [f"Nothing is older than {options.days} days."]


def _rotate(options: argparse.Namespace) -> list[str]:
    told_anew = rotation.rotate(_store(), data_folder(), _when())
    return [
        f"The secret is a new one; {told_anew} districts have new pseudonyms. Make a backup now, and delete earlier ones: "
        "they hold the earlier pseudonyms."
    ] + _check(options)


def _begin(options: argparse.Namespace) -> list[str]:
    made = _store().create(options.name, Person(options.email.strip().casefold(), ADMINISTRATOR), _when())
    return [f"began {options.name} as {made.id}"]


def _person(options: argparse.Namespace) -> list[str]:
    district = _store().district(options.district, THIS_COMPUTER)
    if options.role == "none":
        people_kept.take_role(district, options.email.strip().casefold(), _when())
    else:
        people_kept.give_role(district, options.email, options.role, options.therapist, _when())
    return [f"{options.email} is {options.role}"]


def _people(options: argparse.Namespace) -> list[str]:
    found = people_kept.people(_store().district(options.district, THIS_COMPUTER))
    return [f"{each.email} {each.role} {each.therapist}".strip() for each in found]


COMMANDS = {
    "backup": _backup,
    "restore": _restore,
    "check": _check,
    "retain": _retain,
    "rotate": _rotate,
    "begin": _begin,
    "person": _person,
    "people": _people,
}
if __name__ == "__main__":
    sys.exit(main())
