"""What was typed and not sent outlives a reload, a lost connection and a server that was started again: `assets/drafts`.

It stands in the storage of the browser's tab, nowhere else. A field in which lists with names are pasted is never kept so.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping
from functools import partial

import streamlit as st

from dashboard.parts import own_components
from dashboard.parts.safe_text import safe
from dashboard.shell import cached, keeping, session, sign_in

SENT, TOKEN, BESIDE = "_drafts_sent", "_drafts_session", "_draft_beside_"
NO_DISTRICT, NOBODY = "none", "nobody"


def keep(
    *keys: str, choices: Mapping[str, Collection[object]] | None = None, then: Callable[[str, str], bool] | None = None
) -> None:
    """Keep what is typed in the fields of these keys, and what is chosen beside them. Called where the fields are drawn.

    choices  keys of widgets that say what a text is about, with what can be chosen in each
    then     given the key and the text that came back, does with it what the field does with each; whether it could: else
             the text stands in the field
    """
    for key in keys:
        if beside := session.chosen(BESIDE + key):
            st.warning(f"Typed here before, and not sent; meanwhile the field has another text: {safe(beside, 2_000)}")
            st.button("Put it into the field", key=f"draft_put_{key}", on_click=_put, args=(key, beside, then))
            st.button("Leave it out", key=f"draft_leave_{key}", on_click=_dropped, args=(key,))
    _mount(keys, choices or {}, then)


def page() -> None:
    """On every page: drafts of another district or person than the one that is here go from this tab."""
    _mount((), {}, None)


def sent(*keys: str) -> None:
    """What was typed in these fields is where it belongs: the browser drops it."""
    count: Mapping[str, int] = session.chosen(SENT) or {}
    session.set_now(SENT, {**count, **{key: count.get(key, 0) + 1 for key in keys}})


def of_drawing(key: str) -> dict[str, str]:
    """Where something that is drawn keeps what the server does not know yet: whose it is, its name, and the session."""
    return {"scope": scope(), "name": key, "session": _token()}


def scope() -> str:
    """Whose drafts a tab may hold, told by a digest; empty where that cannot be known, as the store does not answer."""
    if session.chosen(keeping.AWAY):
        return ""
    kept, opened = keeping.current(), session.district()
    if sign_in.is_on():
        email = sign_in.person().email
        return cached.digest(email, kept.id if kept else "")[:16] if email else NOBODY
    if opened is None:
        return NO_DISTRICT
    return "sample" if opened.is_sample else cached.digest(kept.id)[:16] if kept else _token()


def _token() -> str:
    if session.chosen(TOKEN) is None:
        session.set_now(TOKEN, secrets.token_hex(8))
    return session.chosen(TOKEN)


def _mount(
    keys: Collection[str], choices: Mapping[str, Collection[object]], then: Callable[[str, str], bool] | None
) -> None:
    name = f"drafts_{next(iter([*choices, *keys]), 'page')}"
    data = {
        "session": _token(),
        "scope": scope(),
        "fields": {key: str(session.chosen(key) or "") for key in keys},
        "choices": {key: session.chosen(key) for key in choices},
        "sent": dict(session.chosen(SENT) or {}),
        "page": not keys and not choices,
    }
    # In a list: of a dictionary Streamlit asks of each entry, in every run, whether it is a table.
    own_components.component(own_components.DRAFTS, "<i></i>")(
        key=name, data=[data], on_back_change=partial(_back, name, keys, choices, then), on_again_change=_drawn
    )


def _drawn() -> None:
    """The page has found a server again: it is drawn, and there is nothing else to do."""


def _back(
    name: str,
    keys: Collection[str],
    choices: Mapping[str, Collection[object]],
    then: Callable[[str, str], bool] | None,
) -> None:
    """Take what the browser has kept: only for these fields, and of a choice only what can be chosen still."""
    state = session.chosen(name)
    back = state.get("back") if isinstance(state, Mapping) else None
    texts, chosen = (back.get(part) if isinstance(back, Mapping) else None for part in ("texts", "choices"))
    for key, option in chosen.items() if isinstance(chosen, Mapping) else ():
        if key in choices and option in choices[key]:
            session.set_now(key, option)
    for key, draft in texts.items() if isinstance(texts, Mapping) else ():
        text = draft.get("text") if isinstance(draft, Mapping) else None
        if key not in keys or not isinstance(text, str):
            continue
        if draft.get("changed"):
            session.set_now(BESIDE + key, text)
        else:
            _put(key, text, then)


def _put(key: str, text: str, then: Callable[[str, str], bool] | None) -> None:
    session.set_now(BESIDE + key, "")
    if then is None or not then(key, text):
        session.set_now(key, text)


def _dropped(key: str) -> None:
    session.set_now(BESIDE + key, "")
    sent(key)
