"""Another secret for the pseudonyms: every student in the store gets a new one, and comparisons over the years stay.

The earlier keys stay in the file of the secret, since next month's roster has to lead to the same pseudonyms; whoever has
only an earlier secret can work out none of the new ones. The step may be broken off at any moment and is finished by the
next call: the new secret waits beside the old one until every district has been told by it.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, select, update

from workload.model.later_keys import Words, words_of
from workload.model.pseudonyms import NEXT_FILE, SECRET_BYTES, SECRET_FILE, keys_of, local_secret, with_key
from workload.store import change_record
from workload.store.database import refusals_in_words, wipe, writing
from workload.store.retold import retold
from workload.store.roles import THIS_COMPUTER
from workload.store.schema import DISTRICTS, PARTS, SHEETS, SNAPSHOTS, WEEKS
from workload.store.store import Store


def rotate(store: Store, home: Path, when: str) -> int:
    """Change the secret of a data folder and every pseudonym in its store; how many districts were told anew.

    No session may be open: what one still holds has the earlier pseudonyms.
    """
    with refusals_in_words():
        new = _waiting(home)
    key, mark = keys_of(new)[-1], hashlib.sha256(new).hexdigest()[:16]
    with writing(store.engine) as connection:
        rows = connection.execute(select(DISTRICTS.c.id).where(DISTRICTS.c.secret_mark != mark)).scalars().all()
        for id in rows:
            _district(connection, id, words_of([key]))
            connection.execute(update(DISTRICTS).where(DISTRICTS.c.id == id).values(secret_mark=mark))
            change_record.add(connection, id, THIS_COMPUTER, when, "changed the pseudonyms")
    with refusals_in_words():
        os.replace(home / NEXT_FILE, home / SECRET_FILE)
    wipe(store.engine)
    return len(rows)


def _waiting(home: Path) -> bytes:
    """The new secret, written down before anything is changed by it; one that waits from a call that was broken off."""
    path = home / NEXT_FILE
    if not path.exists():
        content = with_key(local_secret(home), secrets.token_bytes(SECRET_BYTES))
        made = path.with_suffix(".made")
        with os.fdopen(os.open(made, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(made, path)
    return path.read_bytes()


def _district(connection: Connection, id: str, words: Words) -> None:
    old = {
        row.digest: bytes(row.content)
        for row in connection.execute(select(SHEETS).where(SHEETS.c.district == id)).all()
    }
    new: dict[str, bytes] = {}
    for table, key in ((PARTS, "name"), (SNAPSHOTS, "day")):
        for row in connection.execute(select(table).where(table.c.district == id)).all():
            values, tables = _told(row, old, words)
            new |= tables
            here = (table.c.district == id) & (table.c[key] == getattr(row, key))
            # The version counts on: a session that was open all the same is told, and overwrites nothing.
            connection.execute(update(table).where(here).values(version=row.version + 1, **values))
    connection.execute(delete(SHEETS).where(SHEETS.c.district == id))
    for digest, content in sorted(new.items()):
        connection.execute(SHEETS.insert().values(district=id, digest=digest, content=content))
    for row in connection.execute(select(WEEKS).where(WEEKS.c.district == id)).all():
        here = (WEEKS.c.district == id) & (WEEKS.c.therapist == row.therapist) & (WEEKS.c.day == row.day)
        connection.execute(update(WEEKS).where(here).values(note=words(row.note)))


def _told(row: Any, tables: Mapping[str, bytes], words: Words) -> tuple[dict[str, str], dict[str, bytes]]:
    plain, made = retold(json.loads(row.plain), tables, lambda text, _: words(text))
    text = json.dumps(plain, ensure_ascii=False, allow_nan=False)
    return {"plain": text, "sheets": json.dumps(sorted(made))}, made
