"""The same tests on both databases."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.databases import Cluster, running_cluster
from workload.store.store import Store, open_store


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """PostgreSQL, once for all tests."""
    yield from running_cluster()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path) -> tuple[Path, str]:
    """(folder, address) of an empty database; the address is empty for SQLite."""
    if request.param == "sqlite":
        return tmp_path / "kept", ""
    return tmp_path / "kept", request.getfixturevalue("cluster").new_database(f"t{secrets.token_hex(6)}")


@pytest.fixture
def store(address) -> Iterator[Store]:
    """An open store with nothing in it."""
    made = open_store(*address)
    yield made
    made.engine.dispose()
