"""The files of a session: opened once, with what was decided, corrected and remembered about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from workload.intake.answers.import_map import SHARED_HEADINGS, ImportMap
from workload.intake.by_hand.corrected_cells import Edits
from workload.intake.open.opened import Opened
from workload.intake.typed_posts import Post
from workload.model.roster import Roster

File = tuple[str, bytes]


@dataclass(frozen=True, eq=False)
class Imported:
    """The uploaded files of one district, and the conversation about them.

    opened      the same files after parsing; an answer or a correction does not parse them again
    shape       the fingerprints of their headings: files of the same shape get the same answers
    remembered  shape -> what was decided for files of it in this session
    headings    fingerprint -> headings of every table seen in this session
    steps       the corrections before each step, for going back
    before      the roster of the upload before this one, to compare with
    looked      what somebody has looked at and let pass: the digest of unusual totals
    posts       who is in post, as typed in; typed holds the same as an opened file, read beside the others
    seen        digests of the files of a district that was kept: the files themselves are not, and may be brought again
    """

    files: tuple[File, ...] = ()
    opened: tuple[Opened, ...] = ()
    answers: ImportMap = field(default_factory=ImportMap)
    edits: Edits = field(default_factory=Edits)
    shape: str = ""
    remembered: Mapping[str, ImportMap] = field(default_factory=lambda: MappingProxyType({}))
    headings: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    steps: tuple[Edits, ...] = ()
    before: Roster | None = None
    looked: str = ""
    posts: tuple[Post, ...] = ()
    typed: tuple[Opened, ...] = ()
    seen: tuple[str, ...] = ()

    @property
    def readable(self) -> tuple[Opened, ...]:
        """Everything that is read: the files, and who is in post where that was typed in."""
        return (*self.opened, *self.typed)

    @property
    def is_kept_without_files(self) -> bool:
        """Whether the rows are those of files that were not kept and have not been brought again."""
        return bool(self.seen) and not self.files

    def next_files(self, files: tuple[File, ...], opened: tuple[Opened, ...], now: Roster | None) -> Imported:
        """Other files of the same district. A file more or less is the same upload and keeps its corrections; new
        files are a new one: nothing is decided about them yet, and `now`, the roster so far, is the one before."""
        had: set[object] = set(self.files or self.seen)
        new: set[object] = set(files) if self.files or not self.seen else {each.sha256 for each in opened}
        if new >= had or new <= had:
            return replace(self, files=files, opened=opened)
        return Imported(
            files,
            opened,
            remembered=self.remembered,
            headings=self.headings,
            before=now or self.before,
            posts=self.posts,
            typed=self.typed,
        )

    def of_shape(self, shape: str, headings: Mapping[str, frozenset[str]]) -> Imported:
        """The files known by the shape of their headings, with what was decided for files like them.

        headings  fingerprint -> headings of each of their tables. A table that shares nearly all headings of an earlier
                  one takes over what was decided about those columns and that sheet: only the others are asked about.
        """
        answers = self.answers
        for seen in self.remembered.values():
            for print_, had in self.headings.items():
                for new, has in headings.items():
                    if print_ in seen.columns and len(had & has) >= SHARED_HEADINGS * len(had):
                        kept = {name: meaning for name, meaning in seen.columns[print_].items() if name in has}
                        near = ImportMap(columns={new: kept}, tables=seen.tables, header_rows=seen.header_rows)
                        answers = answers.merged(near)
        answers = answers.merged(self.remembered.get(shape, ImportMap()))
        return replace(self, shape=shape, headings={**self.headings, **headings}, answers=answers)

    def with_answers(self, answers: ImportMap) -> Imported:
        """Other decisions; they are remembered for files of this shape."""
        remembered = {**self.remembered, self.shape: answers} if self.shape else self.remembered
        return replace(self, answers=answers, remembered=MappingProxyType(dict(remembered)))

    def with_posts(self, posts: tuple[Post, ...], typed: tuple[Opened, ...]) -> Imported:
        """Who is in post, as typed in; nobody takes it back."""
        return replace(self, posts=posts, typed=typed)

    def with_edits(self, edits: Edits) -> Imported:
        """Other corrections; the ones before can be had back."""
        return replace(self, edits=edits, steps=(*self.steps, self.edits))

    def a_step_back(self) -> Imported:
        """Without the last step of corrections."""
        return replace(self, edits=self.steps[-1], steps=self.steps[:-1]) if self.steps else self


NONE = Imported()  # while no file has been uploaded
