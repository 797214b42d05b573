"""Files that are whole or not written at all: made beside their place, then moved into it in one step."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

NEW_FILE_MODE = 0o666  # before the user's mask takes its part away, as for any file a program makes


def write_whole(path: Path, content: bytes) -> None:
    """Write one file. Where that fails, an earlier file of the name is as it was. Raises `OSError` naming `path`."""
    write_together({path: content})


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write files that belong together: all are made beside their places before the first is moved into its own.

    A full disk, a quota or a missing right therefore leaves every earlier file as it was. Raises `OSError` whose
    `filename` is the file that could not be written. A device or a pipe is written to as it is.
    """
    made: list[tuple[str, Path]] = []
    try:
        for path, content in files.items():
            with _naming(path):
                place = path.resolve()
                if place.exists() and not place.is_file() and not place.is_dir():
                    place.write_bytes(content)
                else:
                    made.append((_beside(place, content), place))
        for beside, place in made:
            with _naming(place):
                os.replace(beside, place)
    finally:
        for beside, _ in made:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(beside)


@contextlib.contextmanager
def _naming(path: Path) -> Iterator[None]:
    """What fails inside names the file that was meant, not the one beside it, and never none."""
    try:
        yield
    except OSError as problem:
        raise OSError(problem.errno, problem.strerror or "it cannot be written", str(path)) from None


def _beside(place: Path, content: bytes) -> str:
    """The name of a new file in the same folder with this content, with the rights of the file that it replaces."""
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name[:60]}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, stat.S_IMODE(place.stat().st_mode) if place.is_file() else NEW_FILE_MODE & ~_mask())
    except BaseException:
        os.unlink(name)
        raise
    return name


def _mask() -> int:
    """The user's file mask, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
