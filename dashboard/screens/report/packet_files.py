"""Making a packet with one click, and its downloads. It is kept for this session until something behind it changes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard.parts.safe_text import safe
from dashboard.screens.people.delivered import delivered_data
from dashboard.screens.report import packet_settings
from dashboard.screens.report.packet_record import Files, PacketRecord
from dashboard.shell import cached, session
from dashboard.shell.beside_roster import BesideRoster
from workload.answer import Answer
from workload.model.words import count
from workload.report.audience import Audience
from workload.report.packet import PacketError, make_packet
from workload.report.packet_choices import Option, Settings
from workload.report.table_files import digest

ZIP = "application/zip"
TYPES = {
    "pdf": "application/pdf",
    "txt": "text/plain",
    "csv": "text/csv",
    "zip": ZIP,
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
MANY = ("tables-", "corrections-", "letter-")  # documents of many files: they are folded


def key_of(audience: Audience, settings: Settings, options: Sequence[Option]) -> str:
    """What a packet depends on, as one digest."""
    delivered = delivered_data.current()
    return cached.digest(
        session.answer_key(),
        session.record(BesideRoster).log_key,
        audience.code,
        settings,
        options,
        "" if delivered is None else digest(delivered.rows),
    )


def show(answer: Answer, audience: Audience, settings: Settings, options: Sequence[Option], wanted: bool) -> None:
    """The progress and the files, after the button was pressed; a packet made before a change is not offered any more."""
    key = key_of(audience, settings, options)
    if empty := packet_settings.still_empty(settings):
        st.caption(empty)
    ready, progress = st.container(), st.container()  # what is ready stands above how it was made
    if wanted:
        with progress:
            make(key, answer, audience, settings, options)
    kept_key, files = session.record(PacketRecord).made
    refused_key, refusal = session.record(PacketRecord).refused
    if refused_key == key:
        st.error(safe(refusal, 600))
    elif kept_key == key:
        with ready:
            downloads(files, audience)
    elif files:
        st.info("Something has changed since the last packet was made. Make it again.")


def make(key: str, answer: Answer, audience: Audience, settings: Settings, options: Sequence[Option]) -> None:
    """Make the files part by part and keep them; a packet that may not be made is refused in a sentence."""
    with st.status("Making the packet", expanded=True) as status:
        bar = st.progress(0.0)
        try:
            files = make_packet(
                answer,
                audience.code,
                settings,
                options,
                bar.progress,
                delivered_data.current(),
            )
        except PacketError as refusal:
            session.record(PacketRecord).refused = (key, str(refusal))
            status.update(label="No packet was made", state="error")
            return
        status.update(label=f"The packet is ready: {len(files)} files", state="complete", expanded=False)
    session.change(PacketRecord, refused=("", ""), made=(key, files))


def downloads(files: Files, audience: Audience) -> None:
    """Everything as one zip, and each file; every name carries a digest of the content."""
    zipped = as_zip(files)
    st.download_button(
        f"Download all {len(files)} files (zip)",
        zipped,
        named(f"ot-packet-{audience.code}.zip", zipped),
        ZIP,
        key="packet_zip",
        on_click="ignore",
        icon=":material/download:",
        width="stretch",
    )
    many = [name for name in files if name.removeprefix("INTERNAL-").startswith(MANY)]
    with st.container(gap=None):
        for name in files:
            if name not in many:
                _single(name, files)
    if many:
        with st.expander(count(len(many), "more file"), key="packet_more"):
            for name in many:
                _single(name, files)


def _single(name: str, files: Files) -> None:
    st.download_button(
        name,
        partial(files.__getitem__, name),
        named(name, files[name]),
        TYPES.get(name.split(".")[-1]),
        key=f"packet_file_{name}",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def named(name: str, data: bytes) -> str:
    """The file's name with a digest of its content: no two contents have the same address."""
    stem, _, kind = name.rpartition(".")
    return f"{stem}-{cached.digest(data)[:8]}.{kind}"


def as_zip(files: Files) -> bytes:
    """The files as one zip; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, content)
    return out.getvalue()
