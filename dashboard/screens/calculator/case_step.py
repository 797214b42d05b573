"""Step 4, my case: her state's law, what would make the week fit, and the letter."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.parts import finding, law_cards, widgets
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.calculator import path_record
from dashboard.screens.calculator.path_record import record, widget_key
from dashboard.shell import cached, navigation, session
from workload.answer import Answer
from workload.model.words import count, hours, rounded
from workload.one_week.own_case import Lever, levers, with_levers, workload_of
from workload.one_week.own_signs import own_signs
from workload.one_week.week_roster import ME
from workload.report.own_letter.letter_files import as_docx, as_pdf
from workload.report.own_letter.letter_words import Letter, as_text, laws_for, letter
from workload.rules.packs import federal, pack_for
from workload.rules.rule import Rule
from workload.staffing.caps.caseload_caps import caps_for

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EACH_WEEK = ("US-fape", "US-yearly-review", "US-on-behalf", "US-unpaid-hours")


def show(answer: Answer | None) -> None:
    """Levers, law and letter."""
    if answer is None:
        st.info("Say who you serve in step 1: the case is made of your own numbers.")
        return
    found = cached.drawn("my_levers", _key(), partial(levers, path_record.case(), answer.day, session.assumptions()))
    left, right = st.columns([1, 1], gap="small")
    with left, st.container(key="card_levers", height="stretch"):
        chosen = _levers(answer, found)
    with right, st.container(key="card_law", height="stretch"):
        rules = _law(answer)
    _letter(answer, chosen, rules)


def _key() -> str:
    """What the levers depend on, as one digest."""
    return cached.digest(path_record.case(), session.today(), sorted(session.assumptions().values.items()))


def _levers(answer: Answer, found: tuple[Lever, ...]) -> list[Lever]:
    """What would make it fit, each with its hours alone, and the week with what is chosen together."""
    finding.title("What would make it fit?", "Hours a week that each frees alone. Choose what you will ask for.")
    for one in found:
        key = widget_key(f"lever_{one.id}")
        session.start_with(key, one.id in record().levers)
        st.checkbox(
            f"{plain(one.label)}: **{hours(one.hours_freed)} hours**", key=key, on_change=_choose, args=(one.id, key)
        )
        if one.caution:
            finding.note(one.caution)
    chosen = [one for one in found if one.id in record().levers]
    if chosen:
        together, contract = _together(answer, chosen), path_record.case().duties.contract_hours
        over = rounded(together - contract, 1)
        finding.said(
            "Together.",
            f"The week takes {hours(together)} hours of {hours(contract)}: "
            + (f"{hours(over)} still do not fit." if over > 0 else "it fits."),
        )
    return chosen


def _choose(id: str, key: str) -> None:
    kept = record()
    kept.levers = kept.levers | {id} if session.chosen(key) else kept.levers - {id}


def _together(answer: Answer, chosen: list[Lever]) -> float:
    return workload_of(with_levers(path_record.case(), chosen), answer.day, session.assumptions())


def _law(answer: Answer) -> tuple[Rule, ...]:
    """Her state, what its rules say of her caseload, what the letter quotes, and the other cards folded."""
    finding.title("The law in your back pocket", law_cards.NO_ADVICE.replace("**", ""))
    law_cards.choose_state("Your state", "my_state")
    pack = pack_for(session.state())
    own = tuple(rule for rule in pack.in_force(answer.day) if rule.is_for_ots) if pack else ()
    for check in caps_for(answer.staffing, pack, answer.roster.services).get(ME, []) if pack else ():
        over = f"{-check.room:g} over" if check.room < 0 else f"room for {check.room:g}"
        finding.said(f"{check.label}.", f"{check.value:g} students against {check.limit:g} for your contract: {over}.")
    cards = {rule.id: rule for rule in federal().in_force(answer.day)}
    quoted = laws_for(own)
    law_cards.short(quoted)
    more = [rule for rule in (*own, *(cards[id] for id in EACH_WEEK if id in cards)) if rule not in quoted]
    with st.expander(f"More law that bears on your week ({len(more)})", key="my_more_law"):
        law_cards.short(more)
    return own


def _letter(answer: Answer, chosen: list[Lever], rules: tuple[Rule, ...]) -> None:
    """The letter on the page as it will be, and as a file."""
    with st.container(key="card_letter"):
        finding.title("Your letter", "One page with your numbers. The names that you type stay in this session.")
        with st.grid(2, min_column_width=220, vertical_alignment="bottom"):
            to = st.text_input("To", key="my_to", placeholder="the principal", max_chars=80, persist_state="session")
            sender = st.text_input(
                "From", key="my_from", placeholder="your name", max_chars=80, persist_state="session"
            )
        study, left_out = path_record.study(), path_record.open_students()
        if left_out:
            st.warning(
                f"{count(left_out, 'student')} of your list {'is' if left_out == 1 else 'are'} not counted yet. Answer the "
                "question in step 1 first; until then the letter says so."
            )
        said = letter(
            answer,
            study,
            own_signs(answer, study, record().signs),
            chosen,
            _together(answer, chosen) if chosen else None,
            laws_for(rules),
            to or "",
            sender or "",
            left_out,
        )
        with st.container(horizontal=True):
            st.download_button(
                "Get the letter (PDF)", partial(as_pdf, said, answer.day), "my-workload.pdf", "application/pdf",
                on_click="ignore", key="my_pdf", type="primary",
            )  # fmt: skip
            st.download_button(
                "as Word", partial(as_docx, said), "my-workload.docx", DOCX, on_click="ignore", key="my_docx"
            )
            st.download_button("as text", partial(as_text, said), "my-workload.txt", on_click="ignore", key="my_txt")
        _shown(said)
    widgets.links((navigation.RULES, "All rules and federal law"))


def _shown(said: Letter) -> None:
    """The letter's words on the page."""
    with st.container(key="my_paper"):
        st.markdown(safe(said.opening, 1_500))
        finding.plain_table(["Work", "Hours a week"], said.table, said.table_title, right=(1,))
        for text in (*said.paragraphs, said.ask):
            st.markdown(safe(text, 1_500))
        if said.levers:
            st.markdown("\n".join(f"- {safe(one, 500)}" for one in said.levers))
        if said.laws:
            st.markdown("What the law says:\n\n" + "\n".join(f"- {safe(one, 600)}" for one in said.laws))
        st.markdown(safe(said.closing))
        st.caption(safe(said.counted, 900))
