"""What a packet is told beside the answer: a form, kept for the session, checked before anything is made."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard.parts import drafts, own_word, widgets
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.decide.scenarios.open_scenarios import prices
from dashboard.screens.decide.year_ahead.year_record import plan_in_force
from dashboard.screens.report.packet_record import PacketRecord
from dashboard.shell import cached, session, through_the_year
from dashboard.shell.beside_roster import BesideRoster
from workload.answer import Answer
from workload.model.roster import UNASSIGNED
from workload.model.words import day_in
from workload.report.ask import schools_of
from workload.report.audience import Audience
from workload.report.deck.base_file import base_file
from workload.report.not_acting import waiting
from workload.report.packet_choices import (
    LARGEST_LOGO_BYTES,
    MOST_NAMED_SCHOOLS,
    SMALLEST_COUNTS,
    NotActing,
    SettingError,
    Settings,
    default_brand,
)
from workload.scenarios.priced_words import past_day_refusal

TEXTS = {
    "district_name": ("Name of the district on the packet", ""),
    "needed_by": ("Needed by", "January 4, 2027"),
    "fund": ("What pays for it", "General fund, special education"),
    "checked_by": ("Who checked the numbers", "R. Lead, business office"),
    "contact": ("Whom to ask", "ot.lead@district.example"),
}
HELPS = {
    "needed_by": "The day set on Answer. A date such as January 4, 2027 prices the posts and is said in Spanish too; other words stay "
    "as you type them.",
    "checked_by": "A person who signs may be named here, also in a packet for the board or the union.",
    "contact": "A person, an office or an address; it is printed as you type it.",
}
EXPECTED = {"district_name": "the district's name", "needed_by": "by when", "checked_by": "who checked the numbers"}
COLORS = {"primary": "Main color", "accent": "Color of the ask"}
TYPED = tuple(f"packet_{name}" for name in (*TEXTS, "next_steps"))
PANEL = "packet_settings_panel"
LONGEST, LONGEST_STEPS, MOST_PIXELS = 120, 1_000, 4_000


def record() -> PacketRecord:
    return session.record(PacketRecord)


def saved() -> Mapping[str, object]:
    """What was typed into the form, with what stands there at first."""
    brand = default_brand()
    return {
        "district_name": session.chosen("district_name") or "",
        "fund": "",
        "checked_by": "",
        "contact": "",
        "primary": brand.primary,
        "accent": brand.accent,
        "smallest_count": Settings().smallest_count,
        "next_steps": "",
        "say_owed": True,
        "forms": False,
        "schools": (),
        **record().typed,
        "needed_by": session.record(BesideRoster).needed_text(session.day()),
    }


def show(answer: Answer) -> None:
    """The form. What is typed counts when it is saved; what cannot be used is refused in a sentence."""
    now = saved()
    for name, value in {**now, "schools": _known(answer, now)}.items():
        session.start_with(f"packet_{name}", value)
    with st.form("packet_settings", border=False):
        for name, (label, example) in TEXTS.items():
            st.text_input(label, max_chars=LONGEST, key=f"packet_{name}", placeholder=example, help=HELPS.get(name))
        st.multiselect(
            "Schools that the ask is for",
            schools_of(answer),
            max_selections=MOST_NAMED_SCHOOLS,
            format_func=plain,
            key="packet_schools",
            placeholder="Those where most is missing",
            help=f"At most {MOST_NAMED_SCHOOLS}, where time is asked for. A school that may not be shown by itself is counted, not named, in a "
            "packet that leaves the district.",
        )
        st.form_submit_button("Use these settings", on_click=_save)
        with st.container(horizontal=True):
            for name, label in COLORS.items():
                st.color_picker(label, key=f"packet_{name}")
        st.text_area(
            "Next steps, one a line",
            max_chars=LONGEST_STEPS,
            key="packet_next_steps",
            height=90,
            help="Name posts, not people: a packet that leaves the district and names a therapist is refused.",
        )
        st.number_input(
            "Smallest count of students that leaves the district",
            *SMALLEST_COUNTS,
            step=1,
            key="packet_smallest_count",
            help="Smaller counts are withheld from boards, unions and the public. "
            "Ask your state what it wants; 10 is common.",
        )
        st.checkbox("Say how many minutes would be owed by June if nothing changes (estimate)", key="packet_say_owed")
        st.file_uploader(
            "Logo (PNG or JPEG, at most 1 MB)", type=["png", "jpg", "jpeg"], max_upload_size=1, key="packet_logo_file"
        )
        if record().logo:
            st.checkbox("Leave the logo out", key="packet_no_logo")
        st.checkbox("Also make the form of the chosen state (Nevada, New York)", key="packet_forms")
        st.file_uploader(
            "Your own template for slides (pptx, at most 20 MB)",
            type=["pptx"],
            max_upload_size=20,
            key="packet_template_file",
        )
        if record().template:
            st.checkbox("Leave the template out", key="packet_no_template")
        st.form_submit_button("Use all of these", on_click=_save)
    drafts.keep(*TYPED)
    if refused := record().problem:
        st.error(safe(refused))


def still_empty(settings: Settings) -> str:
    """Which of the texts that a packet should not go without are not there yet; nothing when all are."""
    empty = [words for name, words in EXPECTED.items() if not getattr(settings, name)]
    return f"Still empty: {', '.join(empty)}. Type it under Settings." if empty else ""


def _save() -> None:
    typed = {name: session.chosen(f"packet_{name}") for name in saved()}
    file = session.chosen("packet_logo_file")
    logo = file.getvalue() if file is not None else None if session.chosen("packet_no_logo") else record().logo
    slides = session.chosen("packet_template_file")
    template = (
        slides.getvalue() if slides is not None else None if session.chosen("packet_no_template") else record().template
    )
    try:
        settings = settings_of(typed, logo, template)
        if template is not None:
            base_file(settings)
        _keep(typed)
    except SettingError as refusal:
        record().problem = f"{refusal} Nothing was changed."
    else:
        session.change(PacketRecord, logo=logo, template=template, problem="")
        drafts.sent(*TYPED)


def _keep(typed: Mapping[str, object]) -> None:
    """What was typed; by when it is needed goes where Answer has it, so that there is one. Raises `SettingError`."""
    text = str(typed["needed_by"] or "").strip()
    day = day_in(text)
    if problem := past_day_refusal(day, session.day()):
        raise SettingError(problem)
    session.change(BesideRoster, needed_by=day, needed_words="" if day else text)
    session.change(PacketRecord, typed={name: value for name, value in typed.items() if name != "needed_by"})


def put(settings: Settings) -> None:
    """Settings that were saved before, in place of what is typed; the logo and what is owed stay."""
    typed = {
        **saved(),
        **{name: getattr(settings, name) for name in (*TEXTS, "smallest_count", "schools", "forms")},
        **{name: getattr(settings.brand, name) for name in COLORS},
        "next_steps": "\n".join(settings.next_steps),
    }
    settings_of(typed, record().logo)
    own = {(of, key): text for of, key, text in settings.wording}
    _keep(typed)
    session.change(PacketRecord, wording=own, problem="")
    widgets.unfold(PANEL)
    for name, value in typed.items():
        session.set_now(f"packet_{name}", list(value) if name == "schools" else value)
    session.set_now("packet_language", settings.language)


def settings_of(typed: Mapping[str, Any], logo: bytes | None, template: bytes | None = None) -> Settings:
    """The settings of a filled form. Raises `SettingError` with a sentence for what cannot be used."""
    if logo is not None and not is_picture(logo):
        raise SettingError(f"The logo must be a PNG or JPEG picture of at most 1 MB and {MOST_PIXELS:,} pixels a side.")
    texts: dict[str, Any] = {name: str(typed.get(name) or "").strip() for name in TEXTS}
    colors: dict[str, Any] = {name: str(typed[name]) for name in COLORS}
    return Settings(
        **texts,
        smallest_count=int(typed["smallest_count"]),
        logo=logo,
        brand=replace(default_brand(), **colors),
        schools=tuple(typed.get("schools") or ()),
        forms=bool(typed.get("forms")),
        template=template,
        next_steps=tuple(line.strip() for line in str(typed["next_steps"] or "").splitlines() if line.strip()),
    )


def is_picture(data: bytes) -> bool:
    """Whether the bytes are a whole PNG or JPEG of a size that a page can hold."""
    from PIL import Image

    if len(data) > LARGEST_LOGO_BYTES:
        return False
    try:
        with Image.open(io.BytesIO(data), formats=["PNG", "JPEG"]) as picture:
            fits = max(picture.size) <= MOST_PIXELS
            if fits:
                picture.load()
            return fits
    except Exception:  # a broken picture fails in many ways, and none of them is worth more than this answer
        return False


def _known(answer: Answer, typed: Mapping[str, Any]) -> list[str]:
    """The schools that were chosen and are still on the roster."""
    return [name for name in schools_of(answer) if name in (typed["schools"] or ())]


def current(answer: Answer, audience: Audience, language: str) -> Settings:
    """The settings in force for one audience: names only in a packet that stays inside, and only where they are shown."""
    typed = saved()
    settings = settings_of({**typed, "schools": _known(answer, typed)}, record().logo, record().template)
    own_rates = {id: value for id, value in prices().values.items() if id in prices().own}
    settings = replace(
        settings,
        rates=tuple(sorted(own_rates.items())),
        wording=tuple(sorted((*key, text) for key, text in record().wording.items())),
    )
    weeks = through_the_year.weeks_said()
    confirmed = own_word.number_confirmed(answer)
    if weeks is not None and weeks.is_of(answer):
        settings = replace(settings, weeks_right=weeks.right, weeks_of=weeks.of)
    elif confirmed:
        everybody = int((answer.people["therapist"] != UNASSIGNED).sum())
        settings = replace(settings, weeks_right=min(confirmed, everybody), weeks_of=everybody)
    named = audience.internal and session.names_are_shown()
    return replace(
        settings, language=language, name_therapists=named, not_acting=_waiting(answer) if saved()["say_owed"] else None
    )


def _waiting(answer: Answer) -> NotActing | None:
    """`waiting`, kept until the answer or a rate changes."""
    plan = plan_in_force(answer)
    key = cached.digest(session.answer_key(), sorted(prices().values.items()), sorted(prices().own), plan)
    if record().owed[0] != key:
        record().owed = (key, waiting(answer, prices(), plan))
    return record().owed[1]
