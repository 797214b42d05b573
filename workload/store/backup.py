"""A copy of everything that is kept while the tool runs, and the way back into an empty folder."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

from workload.model.pseudonyms import SECRET_FILE
from workload.store.database import FILE, StoreError, told

FOLDER = "districts"  # of the data folder


def backup(home: Path, to: Path) -> list[str]:
    """Copy the store and the secret of a data folder; the names of what was copied. A copy that is there is not touched.

    The copy is made by SQLite itself, so that it is whole also while somebody saves.
    """
    source = home / FOLDER / FILE
    if not source.exists():
        raise StoreError(f"Nothing is kept in {home / FOLDER}, so there is nothing to copy.")
    if to.exists() and any(to.iterdir()):
        raise StoreError(f"{to} is not empty. Name a new folder, so that no earlier copy is lost.")
    with told():
        to.mkdir(parents=True, exist_ok=True, mode=0o700)
        _copy(source, to / FILE)
        names = [FILE]
        if (home / SECRET_FILE).exists():
            shutil.copyfile(home / SECRET_FILE, to / SECRET_FILE)
            os.chmod(to / SECRET_FILE, 0o600)
            names.append(SECRET_FILE)
    return names


def restore(home: Path, source: Path) -> list[str]:
    """Bring a copy back into a data folder in which nothing is kept; the names of what was brought back."""
    if not (source / FILE).exists():
        raise StoreError(f"{source} is not a copy of kept districts: {FILE} is missing in it.")
    for name in (Path(FOLDER) / FILE, Path(SECRET_FILE)):
        if (home / name).exists() and (source / name.name).exists():
            raise StoreError(f"{home / name} is there already. Move it away first, so that nothing is lost.")
    with told():
        (home / FOLDER).mkdir(parents=True, exist_ok=True, mode=0o700)
        _copy(source / FILE, home / FOLDER / FILE)
        names = [FILE]
        if (source / SECRET_FILE).exists():
            shutil.copyfile(source / SECRET_FILE, home / SECRET_FILE)
            os.chmod(home / SECRET_FILE, 0o600)
            names.append(SECRET_FILE)
    return names


def _copy(source: Path, target: Path) -> None:
    """One database copied page by page and looked through; a copy that is not whole does not stay."""
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with sqlite3.connect(f"file:{source}?mode=ro", uri=True) as one, sqlite3.connect(target) as other:
            one.backup(other)
            other.execute("PRAGMA journal_mode=DELETE")
            if other.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise StoreError("The copy is not whole: the database itself is damaged. Use an earlier copy.")
        one.close()
        other.close()
    except BaseException:
        target.unlink(missing_ok=True)
        raise
