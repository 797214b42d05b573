"""A copy of everything that is kept while the tool runs, and the way back into an empty folder."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, select
from sqlalchemy.pool import NullPool

from workload.model.pseudonyms import SECRET_FILE
from workload.store.check_in_rounds import forget_few
from workload.store.database import (
    FILE,
    StoreError,
    engine_of,
    file_of,
    make_room,
    reading,
    refusals_in_words,
    upgrade,
    writing,
)
from workload.store.schema import CHECK_INS, DISTRICTS, METADATA

FOLDER = "districts"  # of the data folder


def backup(home: Path, to: Path, today: date) -> list[str]:
    """Copy the store and the secret of a data folder; the names of what was copied. A copy that is there is not touched.

    The copy is made by SQLite itself, so that it is whole also while somebody saves. It holds no check-in that is over
    and that only few have answered.
    """
    source = home / FOLDER / FILE
    if not source.exists():
        raise StoreError(f"Nothing is kept in {home / FOLDER}, so there is nothing to copy.")
    if to.exists() and any(to.iterdir()):
        raise StoreError(f"{to} is not empty. Name a new folder, so that no earlier copy is lost.")
    with refusals_in_words():
        to.mkdir(parents=True, exist_ok=True, mode=0o700)
        _copy(source, to / FILE)
        _without_few(to / FILE, today)
    return [FILE, *_copy_secret(home, to)]


def restore(home: Path, source: Path) -> list[str]:
    """Bring a copy back into a data folder in which nothing is kept; the names of what was brought back."""
    if not (source / FILE).exists():
        raise StoreError(f"{source} is not a copy of kept districts: {FILE} is missing in it.")
    for name in (Path(FOLDER) / FILE, Path(SECRET_FILE)):
        if (home / name).exists() and (source / name.name).exists():
            raise StoreError(f"{home / name} is there already. Move it away first, so that nothing is lost.")
    with refusals_in_words():
        (home / FOLDER).mkdir(parents=True, exist_ok=True, mode=0o700)
        _copy(source / FILE, home / FOLDER / FILE)
    return [FILE, *_copy_secret(source, home)]


def backup_server(home: Path, to: Path, engine: Engine, today: date) -> list[str]:
    """The same of a store in PostgreSQL: its rows of one moment, in a file of SQLite that either database takes back."""
    if to.exists() and any(to.iterdir()):
        raise StoreError(f"{to} is not empty. Name a new folder, so that no earlier copy is lost.")
    with writing(engine) as connection:
        forget_few(connection, today)
    make_room(to)
    copy = engine_of(file_of(to))
    try:
        upgrade(copy)
        _carry(engine, copy)
    except BaseException:
        (to / FILE).unlink(missing_ok=True)
        raise
    finally:
        copy.dispose()
    return [FILE, *_copy_secret(home, to)]


def restore_server(home: Path, source: Path, engine: Engine) -> list[str]:
    """Bring a copy of either database back into an empty one in PostgreSQL, and the secret into the data folder."""
    if not (source / FILE).exists():
        raise StoreError(f"{source} is not a copy of kept districts: {FILE} is missing in it.")
    if (home / SECRET_FILE).exists() and (source / SECRET_FILE).exists():
        raise StoreError(f"{home / SECRET_FILE} is there already. Move it away first, so that nothing is lost.")
    with tempfile.TemporaryDirectory() as folder, refusals_in_words():
        _copy(
            source / FILE, Path(folder) / FILE
        )  # an older copy is brought to the newest schema here, not in its place
        copy = engine_of(file_of(Path(folder)))
        try:
            upgrade(copy)
            _carry(copy, engine)
        finally:
            copy.dispose()
    with refusals_in_words():
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    return [FILE, *_copy_secret(source, home)]


def _carry(source: Engine, target: Engine) -> None:
    """Every row of one moment of a store into an empty one, whole or not at all."""
    with reading(source) as rows, writing(target) as empty:
        for table in METADATA.sorted_tables:
            if empty.execute(select(table).limit(1)).first() is not None:
                raise StoreError("The database is not empty. Name an empty one, so that nothing is lost.")
            for row in rows.execution_options(yield_per=100).execute(select(table)).mappings():
                empty.execute(table.insert().values(**row))


def _copy_secret(source: Path, target: Path) -> list[str]:
    if not (source / SECRET_FILE).exists():
        return []
    with refusals_in_words():
        shutil.copyfile(source / SECRET_FILE, target / SECRET_FILE)
        os.chmod(target / SECRET_FILE, 0o600)
    return [SECRET_FILE]


def _copy(source: Path, target: Path) -> None:
    """One database copied page by page and looked through; a copy that is not whole does not stay."""
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        address = f"file:{quote(source.resolve().as_posix())}?mode=ro"
        with sqlite3.connect(address, uri=True) as one, sqlite3.connect(target) as other:
            one.backup(other)
            other.execute("PRAGMA journal_mode=DELETE")
            if other.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise StoreError("The copy is not whole: the database itself is damaged. Use an earlier copy.")
            if not _has(other, DISTRICTS.name):
                raise StoreError(f"{source} holds no districts, so it is not the store. Nothing was copied.")
        one.close()
        other.close()
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _has(connection: sqlite3.Connection, table: str) -> bool:
    found = connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?", (table,))
    return bool(found.fetchone()[0])


def _without_few(copy: Path, today: date) -> None:
    """Delete in a copy what few have said in check-ins that are over. An older copy keeps its schema."""
    with closing(sqlite3.connect(copy)) as connection:
        if not _has(connection, CHECK_INS.name):
            return
    engine = create_engine(file_of(copy.parent), poolclass=NullPool)
    with engine.begin() as rows:
        forget_few(rows, today)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("VACUUM")  # so that nothing deleted is left in its pages
