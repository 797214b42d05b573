"""The widgets that every page shares: charts and tables with their downloads, figures, findings, empty pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd
import pyarrow as pa
import streamlit as st
from streamlit.dataframe_util import convert_pandas_df_to_arrow_bytes
from streamlit.delta_generator import DeltaGenerator

from dashboard.parts import column_labels, finding, keep_card, live_chart
from dashboard.parts.safe_text import plain, safe
from dashboard.shell import address, navigation, session
from dashboard.shell.guard import PageEnds
from workload.report.table_files import as_csv, as_xlsx, digest

if TYPE_CHECKING:
    from workload.answer import Answer

TABLE_KINDS = ["xlsx", "xlsm", "xls", "ods", "csv"]  # files of a table that are taken on a page
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ARROW = ":material/arrow_forward:"
T = TypeVar("T")
OPENED = "_opened"  # parts with fields that somebody has opened
ROWS_SHOWN = 12
CLICK = "Click a row to open it."
HEADER_HEIGHT, ROW_HEIGHT = 38, 35


@dataclass(frozen=True)
class ReadyTable:
    """A table with what its drawing and its download need, each made once for as long as it stays the same."""

    frame: pd.DataFrame

    @cached_property
    def rounded(self) -> pa.Table:
        sent = convert_pandas_df_to_arrow_bytes(column_labels.rounded(self.frame))  # as Streamlit would in every run
        return pa.ipc.open_stream(sent).read_all()

    @cached_property
    def config(self) -> dict[str, Any]:
        return column_labels.config(self.frame)

    @cached_property
    def digest(self) -> str:
        return digest(self.frame)


def downloads(stem: str, table: pd.DataFrame, key: str, known: str = "") -> None:
    """The table as Excel and CSV, made when it is asked for. The name carries a digest of the content.

    known  the digest, where it has been worked out already
    """
    if not table.empty:
        downloads_of(stem, lambda: table, key, known or digest(table))


def downloads_of(stem: str, make: Callable[[], pd.DataFrame], key: str, mark: str) -> None:
    """The same for a table that is made when it is asked for. `mark` is a digest of what it follows from."""
    excel, csv = (lambda: as_xlsx({stem: column_labels.headed(make())})), (lambda: as_csv(column_labels.headed(make())))
    with st.container(horizontal=True):
        for label, data, ending, mime in (
            ("Download Excel", excel, "xlsx", EXCEL),
            ("Download CSV", csv, "csv", "text/csv"),
        ):
            name = f"{stem}-{mark}.{ending}"
            st.download_button(label, data, name, mime, key=f"{key}_{ending}", on_click="ignore")


def table(table: pd.DataFrame | ReadyTable, alt: str, key: str, stem: str = "", rows: int = ROWS_SHOWN) -> None:
    """A table with readable headings; with a `stem` it can be downloaded."""
    ready = table if isinstance(table, ReadyTable) else None
    frame: pd.DataFrame = ready.frame if ready else table
    if frame.empty:
        st.caption("There is nothing to list.")
        return
    shown = min(len(frame), rows)
    st.dataframe(
        ready.rounded if ready else column_labels.rounded(frame),
        width="stretch",
        hide_index=True,
        column_config=ready.config if ready else column_labels.config(frame),
        alt=plain(alt),
        height=HEADER_HEIGHT + ROW_HEIGHT * max(1, shown),
        key=key,
        placeholder="–",
    )
    if len(frame) > shown:
        finding.on_paper(f"The first {shown} of {len(frame):,} rows. The download has all of them.")
    if stem:
        downloads(stem, frame, key, ready.digest if ready else "")


@dataclass(frozen=True)
class ReadyWords:
    """A table of sentences with its readable form, made once for as long as it stays the same."""

    frame: pd.DataFrame
    readable: pa.Table

    @classmethod
    def of(cls, frame: pd.DataFrame, hidden: Sequence[str] = ()) -> ReadyWords:
        readable = frame.drop(columns=list(hidden)).map(lambda value: safe(value, 1_000))
        return cls(frame, pa.Table.from_pandas(readable, preserve_index=False))

    @cached_property
    def digest(self) -> str:
        return digest(self.frame)


def words_table(
    table: pd.DataFrame | ReadyWords, alt: str, key: str, stem: str = "", hidden: Sequence[str] = ()
) -> None:
    """A table of sentences, where every word can be read; columns in `hidden` are in the download only."""
    ready = table if isinstance(table, ReadyWords) else ReadyWords.of(table, hidden)
    if ready.frame.empty:
        st.caption("There is nothing to list.")
        return
    st.table(ready.readable, border="horizontal", hide_index=True, alt=plain(alt))
    if stem:
        downloads(stem, ready.frame, key, ready.digest)


def chart(drawn, key: str, stem: str | None = None, opens: Callable[[str], None] | None = None) -> None:
    """A chart of `workload.figures` under what it has found, with text for screen readers and its numbers as a table.

    opens  what a click on a mark does with the code that the mark carries; the page has a choice or a link for the same
    """
    with st.container(key=f"drawn_{key}"):
        finding.title(
            plain(drawn.heading, 600),
            plain(" ".join(filter(None, (drawn.reading, CLICK if opens and drawn.found else ""))), 1_200),
        )
        if opens is None:
            live_chart.still(drawn, key, drawn.alt)
        elif (code := live_chart.clicked(drawn, key, drawn.alt)) is not None:
            opens(code)
        as_table(lambda: drawn.table, drawn.title, key, stem or key.replace("_", "-"))


def as_table(make: Callable[[], pd.DataFrame], alt: str, key: str, stem: str) -> None:
    """The numbers of a picture, made when somebody opens them."""
    panel = st.expander("Show as table", key=f"{key}_panel", on_change="rerun")
    if panel.open:
        with panel:
            table(make(), alt, f"{key}_table", stem)


def figure(label: str, value: str, why: Callable[[], None], key: str, help: str | None = None) -> None:
    """One number in a card with the button that opens it."""
    with st.container(key=f"figure_{key}"):
        st.metric(label, value, help=help)
        opens(why_label(value), why, key)


def why_label(value: str) -> str:
    """What the button that opens a figure is called: by its number, where it has one."""
    return f"Why {value}?" if any(each.isdigit() for each in value) else "Why?"


def cards(numbers: Sequence[tuple], least_width: int = 110) -> None:
    """Figures side by side, each as for `figure`; on a narrow screen they go on in a new line."""
    with st.grid(len(numbers), min_column_width=least_width):
        for number in numbers:
            figure(*number)


def opens(label: str, why: Callable[[], None], key: str, about: str = "") -> None:
    """A button that opens an explanation. With `about` it is a quiet one, in a row that says what it is about."""
    if st.button(label, key=f"why_{key}", type="tertiary" if about else "secondary", help=about or None):
        why()


def counted(sentence_: str, check: navigation.View) -> None:
    """What was counted and what was not, with the way to the list."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(safe(sentence_, 1_000), width="content")
        st.page_link(navigation.page(check), label="See the rows", icon=ARROW)


def within(value: Any, least: Any, most: Any, otherwise: Any) -> Any:
    """A number that came from outside, held to its bounds; what is no number falls back."""
    return otherwise if value is None or value != value else min(max(value, least), most)


def need_answer(question: str, shows: str = "") -> Answer:
    """The answer; or, where there is none, what to do next, and the page ends there.

    shows  what the page will show once there is an answer
    """
    answer = session.answer()
    if answer is not None:
        return answer
    errors = need_district(question, shows).errors
    st.title(question)
    if not errors:
        st.warning("The totals of the file are unusual. Please look at them on Data before the answer is shown.")
        links((navigation.DATA, "Look at the totals"))
        raise PageEnds
    st.error(
        f"{'One thing' if len(errors) == 1 else f'{len(errors)} things'} in the file must be settled before "
        "there can be an answer. A wrong number would be worse than none."
    )
    for issue in errors[:3]:
        st.markdown(f"- {safe(issue.message, 600)} {safe(issue.remedy, 600)}")
    links((navigation.CHECK, "See what to correct"), (navigation.DATA, "Upload the corrected file"))
    raise PageEnds


def need_posts(question: str, shows: str = "") -> Answer:
    """The answer of a district whose posts are known: without them there is no gap to close, and the page ends there."""
    answer = need_answer(question, shows)
    if answer.posts_known:
        return answer
    finding.hero(
        question,
        "",
        "",
        [finding.fact("Nobody has said yet who is in post, so there is no gap to close or to follow.")],
        actions=[("Say who is in post", navigation.DATA.file), ("See what is needed", navigation.ANSWER.file)],
        key="posts_next",
    )
    finding.ghost(shows)
    raise PageEnds


def need_district(question: str, shows: str = "") -> session.District:
    """The district that is open; or, where none is, what to do next, and the page ends there."""
    opened = session.district()
    if opened is not None:
        return opened
    kept, waits = keep_card.to_open() is not None, keep_card.without_roster()
    st.title(question)
    st.info(
        f"{safe(keep_card.NO_ROSTER.format(waits.name), 200)} Upload it on Data, or look at the sample district."
        if waits
        else "What you have kept is not open yet."
        if kept
        else "No roster is open yet. Open your own, or look at the sample district first."
    )
    with st.container(horizontal=True):
        keep_card.open_first()
        if st.button("Open the sample district", type="secondary" if kept else "primary"):
            session.open_sample()
            st.rerun()
    links((navigation.DATA, "Upload a roster"), (navigation.CALCULATOR, "Try it for one therapist, without a file"))
    finding.ghost(shows)
    raise PageEnds


def links(*targets: tuple[navigation.View, str]) -> None:
    """Links to other pages, side by side."""
    with st.container(horizontal=True):
        for view, label in targets:
            st.page_link(navigation.page(view), label=label, icon=ARROW)


def sentence(text: str) -> None:
    """A paragraph that may hold text from a file; nothing for no text."""
    if text:
        st.markdown(safe(text, 8_000))


def one_or_none(
    label: str, options: Iterable[T], key: str, placeholder: str, named: Callable[[T], str] = str, **more: Any
) -> T | None:
    """A list that opens, with nothing chosen at first; a choice stays when pages change."""
    return st.selectbox(
        label,
        list(options),
        index=None,
        key=key,
        placeholder=placeholder,
        format_func=named,
        persist_state="session",
        **more,
    )


def take_from_address(label: str, options: Sequence[str], key: str) -> None:
    """The choice that the address asks for; one that does not exist in this district is forgotten."""
    if session.chosen(key) not in (None, *options):
        session.set_now(key, None)
    address.follow(key, options, label)


def folded(label: str, key: str, **more: Any) -> DeltaGenerator | None:
    """A folded part with fields: None until somebody opens it. From then on it is there, so that what is typed stays when it is
    folded again."""
    panel = st.expander(label, key=key, on_change="rerun", **more)
    if panel.open:
        unfold(key)
    return panel if key in (session.chosen(OPENED) or ()) else None


def unfold(key: str) -> None:
    """From now on the fields of this part are there."""
    if key not in (opened := session.chosen(OPENED) or frozenset()):
        session.set_now(OPENED, opened | {key})


def select(
    label: str,
    options: Sequence[str],
    key: str,
    everything: str = "All",
    help: str | None = None,
    names: Mapping[str, str] | None = None,
    are_plain: bool = False,
) -> str | None:
    """A choice that stays when pages change and stands in the address; None for everything.

    are_plain  whether the names have gone through `plain` already, as thousands of them take their time
    """
    take_from_address(label, options, key)
    chosen = st.selectbox(
        label,
        list(options),
        index=None,
        placeholder=everything,
        key=key,
        persist_state="session",
        format_func=names.__getitem__
        if are_plain and names
        else lambda option: plain((names or {}).get(option, option)),
        help=help,
    )
    address.write(key, chosen)
    return chosen
