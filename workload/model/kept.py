"""What follows from a record alone: made when first asked for, and kept as long as the record."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

Made = TypeVar("Made")


class Keeps:
    """A record that never changes and keeps what other rooms have made of it, so that nobody makes it twice."""

    @cached_property
    def _made_once(self) -> dict[tuple[object, ...], tuple[Any, tuple[object, ...]]]:
        return {}

    def once(self, make: Callable[..., Made], *of: object) -> Made:
        """What `make` makes of the record and of other things that never change.

        of  are told apart by which objects they are, and kept for as long
        """
        key = (make, *map(id, of))
        if key not in self._made_once:
            self._made_once[key] = (make(self, *of), of)
        return self._made_once[key][0]
