"""The few components of which a page's first screen is made: its finding, its facts, its one next step, its cards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from html import escape
from typing import Literal

import streamlit as st

from workload.premises.records import STATE_WORDS, states_said

Action = tuple[str, Callable[[], None] | str]
_PIECES: ContextVar[list[str] | None] = ContextVar("pieces", default=None)


def _html(body: str, width: Literal["stretch", "content"] = "stretch") -> None:
    """One element of the page, or one more piece of those that stand together."""
    pieces = _PIECES.get()
    if pieces is None:
        st.html(body, width=width)
    else:
        pieces.append(body)


@contextmanager
def together() -> Iterator[None]:
    """What is said inside, in a card, is one element in place of many, and looks the same: each costs a page its time."""
    pieces: list[str] = []
    token = _PIECES.set(pieces)
    try:
        yield
    finally:
        _PIECES.reset(token)
    if pieces:
        _html(f'<div class="together">{"".join(f"<div>{piece}</div>" for piece in pieces)}</div>')


def finding(before: str, number: str, after: str, facts: Sequence[str] = (), short: bool = False) -> None:
    """The one h1 of a page: a sentence with its number large. `facts` are pieces of HTML made by this module."""
    kind = f"big num{' short' if short else ''}{'' if before else ' first'}"
    big = f'<span class="{kind}">{escape(number)}</span>' if number else ""
    _html(
        f'<h1 class="finding">{escape(before)} {big} {escape(after)}</h1>'
        + (f'<div class="facts num">{"".join(facts)}</div>' if facts else "")
    )


def hero(
    before: str,
    number: str,
    after: str,
    facts: Sequence[str] = (),
    short: bool = False,
    actions: Sequence[Action] = (),
    key: str = "hero",
    is_first: bool = True,
) -> None:
    """The finding at left and what to do next at right: the first action is the page's one primary button.

    is_first  False where something else of the page comes first
    """
    if not actions:
        finding(before, number, after, facts, short)
        return
    said, next_steps = st.columns([3, 1.4 if len(actions) < 3 else 1.9], vertical_alignment="bottom")
    with said:
        finding(before, number, after, facts, short)
    with next_steps, st.container(key="actions", horizontal=True, horizontal_alignment="right"):
        for number_of_action, (label, then) in enumerate(actions):
            if st.button(
                label,
                type="primary" if is_first and not number_of_action else "secondary",
                key=f"{key}_{number_of_action}",
            ):
                if isinstance(then, str):
                    st.switch_page(then)
                then()


def fact(text: str, *strong: str) -> str:
    """One fact under the finding; each "{}" of `text` is a number that stands out."""
    parts = [escape(part) for part in text.split("{}")]
    numbers = [*(f"<b>{escape(number)}</b>" for number in strong), ""]
    return "<span>" + "".join(part + number for part, number in zip(parts, numbers, strict=False)) + "</span>"


def chip(text: str, kind: str = "") -> str:
    """A word with a mark: kind is "" (settled), "open" (waits), "short" (missing time) or "quiet"."""
    return f'<span class="chip {kind}">{escape(text)}</span>'


def range_strip(low: float, high: float, value: float, top: float) -> str:
    """A range as a little band with the value on it, from 0 to `top`; the words beside it say the same."""
    place = [max(0.0, min(1.0, each / top)) if top else 0.0 for each in (low, high, value)]
    return (
        f'<span class="range" aria-hidden="true"><i></i><i class="band" style="left:{place[0]:.0%};right:{1 - place[1]:.0%}"></i>'
        f'<i class="at" style="left:{place[2]:.0%}"></i></span>'
    )


def title(text: str, under: str = "") -> None:
    """The title of a card, which says what the card has found, and how to read it."""
    _html(
        f'<h2 class="card-title">{escape(text)}</h2>' + (f'<p class="soft small">{escape(under)}</p>' if under else "")
    )


def ghost(shows: str) -> None:
    """A pale picture of weeks against their contracts where there is nothing to draw yet, and what will stand here."""
    if not shows:
        return
    bars = "".join(f'<i style="width:{width}%"></i>' for width in (62, 38, 74, 51, 29))
    _html(
        f'<div class="ghost"><p class="soft small">This will show: {escape(shows)}</p>'
        f'<div aria-hidden="true">{bars}</div></div>'
    )


def lacks(text: str) -> None:
    """What is still missing, in words."""
    _html(f'<p class="fate open">{escape(text)}</p>')


def column_fate(fate: str, waits: bool, values: Sequence[str]) -> None:
    """What becomes of a column of a file, and some of its values."""
    cells = "".join(f"<span>{escape(each) or '&nbsp;'}</span>" for each in values)
    _html(f'<p class="fate {"open" if waits else "soft"}">{escape(fate)}</p><div class="cells">{cells}</div>')


def week(hours: float, contract: float, top: float) -> str:
    """A week as one bar from 0 to `top` hours; what lies beyond the contract, and the contract as a mark."""
    over = max(0.0, hours - contract)
    beyond = f'<i class="over" style="left:{contract / top:.1%};width:{over / top:.1%}"></i>' if over else ""
    return (
        f'<div class="week" aria-hidden="true"><i style="width:{min(hours, contract) / top:.1%}"></i>{beyond}'
        f'<i class="mark" style="left:{contract / top:.1%}"></i></div>'
    )


def plain_table(head: Sequence[str], rows: Sequence[Sequence[str]], label: str, right: Sequence[int] = ()) -> None:
    """A small table for reading; cells are escaped unless they are chips made here. `right` are columns of numbers."""

    def cell(tag: str, place: int, text: str) -> str:
        inner = text if text.startswith('<span class="chip') else escape(text)
        scope = ' scope="col"' if tag == "th" else ""
        return f"<{tag}{scope}{' class=r' if place in right else ''}>{inner or '&#8203;'}</{tag}>"

    def line(tag: str, texts: Sequence[str]) -> str:
        return "<tr>" + "".join(cell(tag, place, text) for place, text in enumerate(texts)) + "</tr>"

    _html(
        f'<table class="plain" aria-label="{escape(label)}"><thead>{line("th", head)}</thead><tbody>'
        + "".join(line("td", row) for row in rows)
        + "</tbody></table>"
    )


def stacked_table(head: Sequence[str], rows: Sequence[Sequence[str]], label: str) -> None:
    """A table of sentences that a narrow screen shows row by row, each cell under its heading: nothing scrolls sideways.

    The roles keep it a table for screen readers, also where its rows are drawn as blocks.
    """
    names = "".join(f'<th role="columnheader" scope="col">{escape(name)}</th>' for name in head)
    body = "".join(
        '<tr role="row">'
        + "".join(
            f'<td role="cell" data-label="{escape(name)}">{escape(text) or "&#8203;"}</td>'
            for name, text in zip(head, row, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    _html(
        f'<table class="plain stack" role="table" aria-label="{escape(label)}"><thead role="rowgroup">'
        f'<tr role="row">{names}</tr></thead><tbody role="rowgroup">{body}</tbody></table>'
    )


def line_of_squares(states: Sequence[str]) -> None:
    """A square for each premise, and how many there are of each state in words."""
    squares = "".join(f'<i class="{escape(state)}"></i>' for state in sorted(states, key=list(STATE_WORDS).index))
    _html(
        f'<p><span class="squares" aria-hidden="true">{squares}</span>Stands on <b>{len(states)} premises</b>: '
        f"{states_said(states)}</p>",
        width="content",
    )


def parts_list(parts: Sequence[tuple[str, str, str]]) -> None:
    """Numbers with what each is: (number, strong word, the rest)."""
    rows = "".join(
        f'<li><span class="n num">{escape(number)}</span><span><b>{escape(strong)}</b> '
        f'<span class="soft small">{escape(rest)}</span></span></li>'
        for number, strong, rest in parts
    )
    _html(f'<ul class="parts">{rows}</ul>')


def on_paper(text: str) -> None:
    """A paragraph that only a printed page has."""
    _html(f'<p class="paper small">{escape(text)}</p>')


def note(text: str) -> None:
    """A lesser paragraph."""
    _html(f'<p class="soft small">{escape(text)}</p>')


def one_week(hours: float, contract: float) -> None:
    """One week alone as a bar, as long as the longer of the two."""
    _html(week(hours, contract, max(hours, contract) * 1.04))


def week_of(label_at: Callable[[], object], hours: float, contract: float, top: float, status: str = "") -> None:
    """One week in a line: its label (a link), its hours against the contract with their status, and the bar under it."""
    over = hours - contract
    words = (f"{over:.1f} h too much" if over > 0 else f"{-over:.1f} h room") + status
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="xsmall"):
        label_at()
        _html(
            f'<span class="num small">{hours:.1f} of {contract:.1f} h &nbsp;{chip(words, "short" if over > 0 else "")}</span>',
            width="content",
        )
    _html(week(hours, contract, top))


def steps_of_the_way(steps: Sequence[tuple[bool, str, str]]) -> None:
    """The way from the file to the packet: (done, step, what is so)."""
    rows = "".join(
        f'<li class="{"done" if done else ""}"><i>{"✓" if done else number}</i>'
        f"<span><b>{escape(step)}</b> {escape(said)}</span></li>"
        for number, (done, step, said) in enumerate(steps, start=1)
    )
    _html(f'<ol class="way">{rows}</ol>')


def state_words(text: str, chip_: str) -> None:
    """The answer in a few words with its status, as a line of a card."""
    words = escape(" ".join(text.split()))
    _html(f'<p class="num" style="font-size:1.25rem;font-weight:650">{words[:1].upper()}{words[1:]} &nbsp;{chip_}</p>')


def key_of_colors(*entries: tuple[str, str]) -> None:
    """What the colors of a chart mean: (name of a color of the theme, words). A pale one has an edge."""
    spans = "".join(
        f'<span style="--c:var(--{escape(color)}){";--e:var(--edge)" if color == "rest" else ""}">{escape(words)}</span>'
        for color, words in entries
    )
    _html(f'<div class="key">{spans}</div>')


def said(strong: str, text: str) -> None:
    """A lesser paragraph that begins with what it is about."""
    _html(f'<p class="small"><b>{escape(strong)}</b> {escape(text)}</p>')


def chips(made: Sequence[str]) -> None:
    """Chips in a row."""
    _html(f"<p>{' '.join(made)}</p>", width="content")


def option_name(name: str) -> None:
    """The name of the option that is open, or of today."""
    _html(f'<p class="option-name">{escape(name)}</p>')


def option(gap: str, short: bool, lines: Sequence[str], status: str = "") -> None:
    """The body of an option's card: its gap large with its status, and a line for each other figure."""
    word, _, number = gap.rpartition(" ")
    big = (
        f'{escape(word)} <b class="n{" short" if short else ""}">{escape(number)}</b>'
        if word
        else f'<b class="n">{escape(gap)}</b>'
    )
    big += escape(status)
    _html(f'<p class="option num">{big}</p><p class="soft small num">{"<br>".join(map(escape, lines))}</p>')


def effect(label: str, then: str, now: str) -> None:
    """A figure before and after; once where nothing changes."""
    change = f"{escape(then)} → <b>{escape(now)}</b>" if then != now else f"<b>{escape(now)}</b>"
    _html(f'<p class="effect num"><span>{escape(label)}</span><span>{change}</span></p>')


def unsaved() -> None:
    """A mark that nobody sees: the page reads it before somebody leaves."""
    _html('<i data-unsaved="yes"></i>')
