"""Students as pseudonyms: the same student gets the same one, and without the secret nobody gets the student."""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from errno import ENOTDIR
from pathlib import Path

import numpy as np
import platformdirs

PREFIX = "S-"
BLOCK = 64  # bytes of a block of SHA-256
HOME, APPLICATION = "OT_STAFFING_HOME", "ot-staffing"
SECRET_FILE, SECRET_BYTES = "secret", 32
NEXT_FILE = "secret.next"  # the secret that a change has begun to tell the store by; there only until it is finished
CHAIN = b"ot-staffing keys\n"  # before a secret that was changed: the keys from the first to the newest
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"  # base32, without the look-alikes 0, 1 and 8
LETTER_CODES = np.array([ord(letter) for letter in LETTERS], dtype="=u4")  # by five bits


def pseudonyms(identities: Iterable[str | None], secret: bytes) -> list[str | None]:
    """A column of pseudonyms, "S-" and ten letters or digits each, for identities such as "id:10432"; None for None.

    A keyed HMAC (SHA-256): six-digit student numbers are guessed in a second from a plain hash; without the secret they
    are not. Fifty bits: the chance that two of 10,000 students share one is below one in ten million. Each identity is
    computed once.
    """
    first, *later = keys_of(secret)
    return rekeyed(_coded(identities, first), later)


def keys_of(secret: bytes) -> list[bytes]:
    """The keys of a secret: one, and one more for each time that it was changed."""
    if not secret.startswith(CHAIN):
        return [secret]
    keys = secret[len(CHAIN) :]
    return [keys[at : at + SECRET_BYTES] for at in range(0, len(keys), SECRET_BYTES)]


def with_key(secret: bytes, key: bytes) -> bytes:
    """A secret that was changed: the same students, each by a pseudonym that the earlier secret alone does not give."""
    return CHAIN + b"".join([*keys_of(secret), key])


def rekeyed(codes: Iterable[str | None], keys: Iterable[bytes]) -> list[str | None]:
    """Pseudonyms after each of these keys; None for None."""
    made = list(codes)
    for key in keys:
        made = _coded([each and f"pseudonym:{each}" for each in made], key)
    return made


def _coded(identities: Iterable[str | None], key: bytes) -> list[str | None]:
    identities = list(identities)
    digest = _keyed(key)
    distinct = [each for each in dict.fromkeys(identities) if each]  # in their order, which the memory likes
    made = _lettered([digest(each.encode()) for each in distinct])
    if len(distinct) == len(identities):
        return [*made]
    known = dict(zip(distinct, made, strict=True))
    return [each and known[each] for each in identities]


def _lettered(digests: Sequence[bytes]) -> list[str]:
    """The first fifty bits of each digest as the letters of a pseudonym."""
    if not digests:
        return []
    bits = np.frombuffer(b"".join(digests), dtype=">u8").reshape(len(digests), -1)[:, 0] >> 14  # fifty of 64
    signs = np.empty((len(digests), len(PREFIX) + 10), dtype="=u4")
    signs[:, : len(PREFIX)] = [ord(sign) for sign in PREFIX]
    for at, shift in enumerate(range(45, -1, -5), len(PREFIX)):
        signs[:, at] = LETTER_CODES[bits >> shift & 31]
    return signs.view(f"=U{signs.shape[1]}")[:, 0].tolist()


def _keyed(secret: bytes) -> Callable[[bytes], bytes]:
    """HMAC-SHA-256 with the key prepared once (RFC 2104), for a column of identities; equal to `hmac.digest`."""
    sha256 = hashlib.sha256
    key = (secret if len(secret) <= BLOCK else sha256(secret).digest()).ljust(BLOCK, b"\0")
    inner, outer = (sha256(bytes(byte ^ pad for byte in key)) for pad in (0x36, 0x5C))

    def digest(message: bytes) -> bytes:
        within, around = inner.copy(), outer.copy()  # with the block of the key done, half of the work
        within.update(message)
        around.update(within.digest())
        return around.digest()

    return digest


class SecretError(ValueError):
    """The file of the secret does not hold one; the message says what to do."""


def data_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The folder where this program keeps its own data: OT_STAFFING_HOME, or the usual place of the system."""
    return Path(environment.get(HOME) or platformdirs.user_data_dir(APPLICATION, appauthor=False))


def local_secret(folder: Path) -> bytes:
    """The secret of this installation, made on first use: 32 random bytes in a file that only its owner can read.

    With it a student has the same pseudonym next month; without it, or in another district, nobody can tell.
    It is never written to an export. Raises `OSError` where the folder cannot be written, `SecretError` for a
    file of another length, and while a change of the secret is not finished.
    """
    path = folder / SECRET_FILE
    if (folder / NEXT_FILE).exists():
        raise SecretError(
            "A change of the secret was broken off: some students have new pseudonyms already. Finish the change first: "
            "`python -m workload.store rotate`."
        )
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        handle, made = tempfile.mkstemp(dir=folder)  # readable by its owner only
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(SECRET_BYTES))
            os.link(made, path)  # whole or not at all; the first of two wins
        except FileExistsError:
            pass
        finally:
            os.unlink(made)
    secret = path.read_bytes()
    if {len(key) for key in keys_of(secret)} != {SECRET_BYTES}:
        raise SecretError(
            f"{path} has {len(secret)} bytes instead of {SECRET_BYTES}. Restore it from a backup, or delete "
            "it: students then get new pseudonyms and cannot be compared with earlier uploads."
        )
    return secret


@dataclass(frozen=True)
class Secret:
    """The key of the pseudonyms, and a code with two sentences where somebody must know more about it.

    code  "" for the secret of earlier runs; "secret-new" for one made just now; "secret-not-kept" for one of this run
    """

    key: bytes
    code: str = ""
    message: str = ""
    remedy: str = ""


def secret_of(folder: Path) -> Secret:
    """The secret of this installation; where none can be kept, one for this run, which says so.

    Raises `SecretError` for a file that holds no secret.
    """
    path = folder / SECRET_FILE
    try:
        if not folder.is_absolute():
            raise NotADirectoryError(ENOTDIR, "this account has no home folder", str(folder))
        before = path.exists()
        key = local_secret(folder)
    except OSError as problem:
        return Secret(
            secrets.token_bytes(SECRET_BYTES),
            "secret-not-kept",
            f"The secret behind students' pseudonyms cannot be kept in {path} ({problem.strerror}). It holds for this run "
            "only: next time each student has another pseudonym, and uploads cannot be compared.",
            f"Make this folder writable, or name another one in the environment variable {HOME}.",
        )
    if before:
        return Secret(key)
    return Secret(
        key,
        "secret-new",
        f"A new secret for students' pseudonyms was made: {path}. If this tool was used here before, the earlier secret is "
        "gone, and students have other pseudonyms than in earlier uploads.",
        "Put a copy of this file with your backups. To compare with earlier uploads, restore the earlier file.",
    )
