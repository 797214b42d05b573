"""The database behind the store: SQLite in a file of this computer, or PostgreSQL. Opened, brought up to date, and its
troubles told in plain sentences."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from workload.store.schema import DISTRICTS, OF_DISTRICT

FILE = "districts.db"
DATABASE = "OT_STAFFING_DATABASE"  # the variable with the address of PostgreSQL, where there is one
MIGRATIONS = Path(__file__).parent / "migrations"
WAITS_MS = 5_000  # for another one who is saving
LOCK = 7_081_963  # of PostgreSQL: one saving at a time, as in SQLite
# The fault that can damage a write-ahead log read by two connections at once is mended from these on (sqlite.org/wal.html).
MENDED = ((3, 44, 6), (3, 50, 7), (3, 51, 3))


class StoreError(Exception):
    """The store cannot do what was asked. The message is a plain sentence with what to do."""


class UnavailableError(StoreError):
    """It cannot be done now; what is in memory stays, and it is tried again."""


def journal(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> str:
    """The journal that this SQLite keeps without risk: its write-ahead log where that is mended, else a rollback one.

    Both are safe against a killed process under `synchronous=FULL`; see docs/decisions/what-is-kept.md.
    """
    of_its_line = [mended for mended in MENDED if mended[:2] == version[:2]]
    return "wal" if version >= MENDED[-1] or any(version >= mended for mended in of_its_line) else "delete"


def engine_of(url: str) -> Engine:
    """An engine for the address of a database. Raises `StoreError` for an address that is none."""
    try:
        if make_url(url).get_backend_name() == "sqlite":
            return _sqlite(url)
        return create_engine(url, pool_pre_ping=True, pool_size=5, max_overflow=10, connect_args={"connect_timeout": 5})
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError):
        raise StoreError(
            "The address of the database is not one of SQLite or PostgreSQL. It looks like "
            "postgresql+psycopg://user@host/name."
        ) from None


def file_of(folder: Path) -> str:
    """The address of the store in a folder of this computer, which its owner alone may enter. A file that is gone for
    a while is not made again, so that it can come back.

    It is quoted twice: for the address, and for the file in it, so that "#" and "?" stay parts of its name."""
    return f"sqlite:///file:{quote(quote((folder / FILE).resolve().as_posix()))}?mode=rw&uri=true"


def make_room(folder: Path) -> None:
    """The folder and an empty file in it, for their owner only. Raises `UnavailableError`."""
    with refusals_in_words():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.chmod(folder, 0o700)
        os.close(os.open(folder / FILE, os.O_CREAT | os.O_RDWR, 0o600))
        os.chmod(folder / FILE, 0o600)


def _sqlite(url: str) -> Engine:
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": WAITS_MS / 1000})

    @event.listens_for(engine, "connect")
    def settings(connection, _):
        connection.isolation_level = None  # transactions are begun below, not by the driver
        for pragma in (
            f"busy_timeout={WAITS_MS}",
            f"journal_mode={journal()}",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection):
        # Who will write says so at once: one who only finds out later that there is a wait is refused.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one moment of the store."""
    with refusals_in_words(), engine.connect() as connection:
        if engine.dialect.name != "sqlite":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that is saved as a whole when it ends, or not at all."""
    with refusals_in_words(), engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name != "sqlite":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
        yield connection


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring the schema to the newest version, in one transaction. Raises `StoreError` for one newer than this program."""
    config = Config()
    config.set_main_option("script_location", MIGRATIONS.as_posix())
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    with reading(engine) as connection:
        now = MigrationContext.configure(connection).get_current_revision()
    known = [each.revision for each in script.walk_revisions()]
    if now is not None and now not in known:
        raise StoreError(
            "A newer version of this tool has written this database. Start that version; this one would not understand it."
        )
    if to == "head" and now == known[0]:
        return
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, to)


def revision(engine: Engine) -> str | None:
    """The version of the schema; None for an empty database."""
    with reading(engine) as connection:
        return MigrationContext.configure(connection).get_current_revision()


SENTENCES = (
    ("disk is full", "There is no room left on the disk, so nothing more can be kept. Make room; it is tried again."),
    ("no space left", "There is no room left on the disk, so nothing more can be kept. Make room; it is tried again."),
    ("readonly", "The folder of the kept districts cannot be written. Give this account the right to write in it."),
    ("read-only", "The folder of the kept districts cannot be written. Give this account the right to write in it."),
    (
        "permission denied",
        "The folder of the kept districts cannot be written. Give this account the right to write in it.",
    ),
    ("locked", "Somebody else is saving at this moment. It is tried again."),
    ("malformed", "The file of the kept districts is damaged. Restore a backup: README.md, Backup."),
    ("not a database", "The file of the kept districts is damaged. Restore a backup: README.md, Backup."),
)
GONE = "The place where districts are kept does not answer at the moment. Nothing is lost here; it is tried again."


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """What a database or a disk refuses, as a sentence that holds nothing of the data."""
    try:
        yield
    except (DBAPIError, OSError, sqlite3.Error) as problem:
        said = str(getattr(problem, "orig", None) or problem).lower()
        sentence = next((sentence for sign, sentence in SENTENCES if sign in said), GONE)
        raise UnavailableError(sentence) from None


def wipe(engine: Engine) -> None:
    """Leave nothing of deleted rows in the files of the database."""
    if engine.dialect.name == "sqlite":
        with refusals_in_words(), engine.connect() as connection:
            raw = connection.connection.driver_connection
            for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                raw.execute(statement).fetchall()  # type: ignore[union-attr]
        return
    with refusals_in_words(), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in (*OF_DISTRICT, DISTRICTS):
            connection.execute(text(f"VACUUM (FULL) {table.name}"))
