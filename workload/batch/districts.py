"""Which districts a run is about: a folder of workbooks, or a manifest with the files and settings of each.

A folder has one district for each workbook and for each folder in it. Beside `Oak.xlsx` may stand `Oak.map.toml`,
`Oak.posts.csv` and `Oak.assumptions.toml`; in a folder they are called `map.toml`, `posts.csv` and `assumptions.toml`.
A manifest is a CSV file with one row a district and the columns of `COLUMNS`; only district and files are needed.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workload import __version__

COLUMNS = (
    *("district", "files", "map", "posts", "assumptions", "state", "day", "renewals"),
    *("students_with_disabilities", "enrollment", "latitude", "longitude"),
)
NEEDED = ("district", "files")
BETWEEN_FILES = ";"
MANIFEST = "manifest.csv"
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv")
BESIDE = {"map": "map.toml", "posts": "posts.csv", "assumptions": "assumptions.toml"}


class ManifestError(ValueError):
    """A folder or manifest that no run can begin with. Carries one sentence."""


@dataclass(frozen=True)
class District:
    """One district of a run: where its files are, and its settings as they are written.

    map, posts, assumptions  paths, None where there is none
    """

    name: str
    files: tuple[Path, ...]
    map: Path | None = None
    posts: Path | None = None
    assumptions: Path | None = None
    settings: tuple[tuple[str, str], ...] = ()  # state, day, renewals, denominators and place, where given


@dataclass(frozen=True)
class Task:
    """A district with everything that its answer depends on, so that it can be answered on any computer.

    key  sha-256 over all of it: a result with the same key is the same result
    """

    name: str
    files: tuple[tuple[str, bytes], ...] = ()
    map: bytes | None = None
    posts: tuple[str, bytes] | None = None
    assumptions: bytes | None = None
    settings: dict[str, str] = field(default_factory=dict)
    smallest: int = 10
    unreadable: str = ""  # why its files could not be read from the disk

    @property
    def key(self) -> str:
        made = hashlib.sha256()
        parts = [(name, hashlib.sha256(data).hexdigest()) for name, data in (*self.files, self.posts or ("", b""))]
        others = [hashlib.sha256(each or b"").hexdigest() for each in (self.map, self.assumptions)]
        made.update(
            json.dumps(
                [__version__, self.name, parts, others, sorted(self.settings.items()), self.smallest, self.unreadable]
            ).encode()
        )
        return made.hexdigest()


def districts_of(place: Path) -> tuple[list[District], list[str]]:
    """The districts of a folder or manifest in a stable order, and the names of files that are none's.

    Raises `ManifestError`.
    """
    if place.is_dir() and not (place / MANIFEST).is_file():
        return _in_folder(place)
    manifest = place / MANIFEST if place.is_dir() else place
    try:
        text = manifest.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise ManifestError(f"cannot read {manifest}: {problem.strerror}") from None
    except UnicodeDecodeError:
        raise ManifestError(
            f"{manifest.name} is not text (UTF-8). Save it as CSV UTF-8, with the columns {', '.join(NEEDED)}."
        ) from None
    return list(_in_manifest(text, manifest)), []


def _in_folder(folder: Path) -> tuple[list[District], list[str]]:
    found, aside = [], []
    entries = sorted(folder.iterdir())
    owners = {each.stem for each in entries if each.is_file()}
    for each in entries:
        if each.name.startswith((".", "~$")):
            continue
        if each.is_dir():
            files, own = _files_and_settings(each)
            if files:
                found.append(District(each.name, files, **own))
            else:
                aside.append(f"{each.name} (a folder without a workbook)")
        elif _belongs(each, owners):
            continue
        elif each.suffix.lower() in WORKBOOKS:
            beside: dict[str, Any] = {name: folder / f"{each.stem}.{ending}" for name, ending in BESIDE.items()}
            found.append(District(each.name, (each,), **{n: p for n, p in beside.items() if p.is_file()}))
        else:
            aside.append(each.name)
    if not found:
        raise ManifestError(f"{folder} holds no workbook. Looked for {', '.join(WORKBOOKS)} and folders of them.")
    return found, aside


def _belongs(file: Path, owners: set[str]) -> bool:
    """Whether a file is the map, posts or assumptions of a workbook beside it."""
    return any(
        file.name.endswith(f".{ending}") and file.name.removesuffix(f".{ending}") in owners
        for ending in BESIDE.values()
    )


def _files_and_settings(folder: Path) -> tuple[tuple[Path, ...], dict[str, Any]]:
    own: dict[str, Any] = {name: folder / ending for name, ending in BESIDE.items() if (folder / ending).is_file()}
    files = tuple(
        each
        for each in sorted(folder.iterdir())
        if each.suffix.lower() in WORKBOOKS and each not in own.values() and not each.name.startswith((".", "~$"))
    )
    return files, own


def _in_manifest(text: str, manifest: Path) -> Iterator[District]:
    rows = csv.DictReader(io.StringIO(text, newline=""))
    names = [(name or "").strip() for name in rows.fieldnames or ()]
    strange = [name for name in names if name not in COLUMNS]
    lacking = [name for name in NEEDED if name not in names]
    if strange or lacking:
        wrong = f"has no column {lacking[0]}" if lacking else f"has a column {strange[0]}, which means nothing here"
        raise ManifestError(f"{manifest.name} {wrong}. Expected columns: {', '.join(COLUMNS)}.")
    rows.fieldnames = names
    seen: set[str] = set()
    for row in rows:
        cells = {name: (row.get(name) or "").strip() for name in names}
        if not any(cells.values()):
            continue
        name = cells["district"] or f"line {rows.line_num}"
        if name in seen:
            raise ManifestError(f"{manifest.name}, line {rows.line_num}: {name} is listed twice.")
        seen.add(name)
        paths = {each: manifest.parent / cells[each] for each in BESIDE if cells.get(each)}
        files = tuple(manifest.parent / each.strip() for each in cells["files"].split(BETWEEN_FILES) if each.strip())
        settings = tuple((each, cells[each]) for each in COLUMNS[5:] if cells.get(each))
        yield District(name, files, settings=settings, **paths)
    if not seen:
        raise ManifestError(f"{manifest.name} lists no district.")


def task_of(district: District, defaults: dict[str, str], smallest: int) -> Task:
    """The district with its files read from the disk. What cannot be read is told in the task, and raises nothing."""
    settings = {**defaults, **dict(district.settings)}
    try:
        return Task(
            district.name,
            tuple((path.name, path.read_bytes()) for path in district.files),
            district.map.read_bytes() if district.map else None,
            (district.posts.name, district.posts.read_bytes()) if district.posts else None,
            district.assumptions.read_bytes() if district.assumptions else None,
            settings,
            smallest,
            "" if district.files else "The manifest names no file for this district.",
        )
    except OSError as problem:
        name = Path(problem.filename).name if problem.filename else "A file"
        return Task(
            district.name,
            settings=settings,
            smallest=smallest,
            unreadable=f"{name} cannot be read: {(problem.strerror or 'it cannot be opened').lower()}.",
        )
