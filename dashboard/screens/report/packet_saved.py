"""The settings of a packet as a file: kept for the next meeting, and for the command line, which makes the same packet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard.parts.safe_text import safe
from dashboard.screens.report import packet_settings
from dashboard.screens.report.packet_record import PacketRecord
from dashboard.shell import session
from workload.report.packet_choices import Option, SettingError, Settings

UPLOADED = "packet_settings_file"
NAME, LARGEST_MB = "packet-settings.toml", 1


def show(settings: Settings, options: Sequence[Option]) -> None:
    """Save the settings in force, or bring saved ones back."""
    st.caption(
        "What is typed here goes when this browser session ends. The file keeps it, with the options as they are printed; "
        "the logo is a file of its own. Options come back from your scenarios."
    )
    st.download_button(
        "Save these settings",
        partial(as_file, settings, options),
        NAME,
        "application/toml",
        key="packet_save",
        on_click="ignore",
    )
    number = session.record(PacketRecord).uploads
    st.file_uploader(
        "Bring saved settings back",
        type=["toml"],
        max_upload_size=LARGEST_MB,
        key=f"{UPLOADED}_{number}",
        on_change=_take,
        args=(number,),
    )
    if problem := session.record(PacketRecord).file_problem:
        st.error(safe(problem, 600))


def as_file(settings: Settings, options: Sequence[Option]) -> bytes:
    """The settings and options as the command line reads them."""
    from workload.report.packet_choices_file import settings_text

    return settings_text(settings, options).encode("utf-8")


def _take(number: int) -> None:
    """Take the uploaded settings over; a file that cannot be used changes nothing and is refused in a sentence."""
    from workload.report.packet_choices_file import settings_of

    file = session.chosen(f"{UPLOADED}_{number}")
    if file is None:
        return
    record = session.record(PacketRecord)
    record.uploads = number + 1  # an empty uploader: the same file can be brought back again
    try:
        settings, _ = settings_of(file.getvalue().decode("utf-8"))
        packet_settings.put(settings)
    except (SettingError, UnicodeDecodeError) as refusal:
        why = refusal if isinstance(refusal, SettingError) else "It is no text file."
        record.file_problem = f"These settings could not be used. {why} Nothing was changed."
    else:
        record.file_problem = ""
