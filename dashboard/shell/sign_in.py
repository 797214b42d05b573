"""Who is at the page: somebody at this computer, or somebody who has signed in at the district's provider (OIDC).

Sign-in is on where `secrets.toml` has `[auth]`. What a person may do is the store's word, never the provider's or the page's.
"""

from __future__ import annotations

import os
import time
from typing import Any

import streamlit as st

from dashboard.shell.entries import until_something_is_set
from dashboard.shell.own_browser import is_ended
from workload.store.roles import THIS_COMPUTER, Person

OWN_HOSTS = ("localhost", "127.0.0.1", "[::1]")
HOURS = 12  # after which one signs in again, though the cookie of the sign-in would last longer; a project choice
NOBODY = Person("", "")


def is_on() -> bool:
    """Whether this server asks for sign-in, looked up once in a run."""
    return until_something_is_set("sign-in", id(st.secrets), _has_auth)


def _has_auth() -> bool:
    if _WITHOUT.get("secrets") is st.secrets and not any(map(os.path.exists, _WITHOUT["files"])):
        return False
    if st.secrets.load_if_toml_exists():
        return "auth" in st.secrets
    _WITHOUT.update(secrets=st.secrets, files=st.get_option("secrets.files"))
    return False


_WITHOUT: dict[str, Any] = {}  # the secrets that were looked for and not found, and where they would be


def is_at_this_computer() -> bool:
    """Whether the page was asked for by somebody who sits at this computer.

    Behind a proxy everybody seems to come from here, so the name under which the page was asked for decides.
    """
    headers = st.context.headers
    host = str(headers.get("Host", "localhost"))
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return name in OWN_HOSTS and not any(
        headers.get(each) for each in ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded")
    )


def person() -> Person:
    """Who is here, without a role for somebody who has signed in: the store gives it. `NOBODY` for anybody else."""
    if not is_on():
        return THIS_COMPUTER if is_at_this_computer() else NOBODY
    signed_in = st.user.is_logged_in and not is_ended()
    claims: dict[str, Any] = dict(st.user.to_dict()) if signed_in else {}
    return Person(email_of(claims, time.time()), "")


def email_of(claims: dict[str, Any], now: float) -> str:
    """The address that a sign-in proves, in small letters; empty for one that is too old or was not looked at.

    now  seconds since 1970
    """
    issued, email = claims.get("iat"), claims.get("email")
    fresh = isinstance(issued, (int, float)) and 0 <= now - issued + 300 <= HOURS * 3600 + 300
    if not (fresh and isinstance(email, str) and claims.get("email_verified") is not False):
        return ""
    return email.strip().casefold()
