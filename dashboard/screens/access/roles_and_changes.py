"""The panels of access: people with their roles, what each role may, and the record of changes."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import finding, widgets
from dashboard.parts.safe_text import plain, safe
from dashboard.shell import access_kept, keeping, session
from workload.model.words import count
from workload.store.roles import MAY, ROLES_GIVEN, SEE_RECORD, THERAPIST, Person

EMAIL, ROLE, WHOSE = "access_email", "access_role", "access_whose"


def head() -> None:
    """How many people may come in, for who may say so."""
    listed = access_kept.people()
    if listed is None:
        finding.finding("", "", "Who changed what", [finding.fact("Every saving with its day, person and part.")])
        return
    finding.finding(
        "",
        str(len(listed)),
        f"{'person' if len(listed) == 1 else 'people'} may come into this district",
        [
            finding.fact(
                "Each by the address of the sign-in. What a role may do is checked at every step, after a link too."
            )
        ],
    )


def people() -> None:
    """Everybody with a role, each to be taken away; and one more."""
    listed = access_kept.people()
    if listed is None:
        return
    with st.container(key="card_people"):
        finding.title("People and roles")
        for each in listed:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(safe(words(each), 400), width="stretch")
                with st.popover("Take the role away", type="tertiary", key=f"access_ask_{each.email}"):
                    st.markdown(f"**{safe(each.email)}** is let in nowhere from then on.")
                    st.button(
                        "Take it away now",
                        key=f"access_take_{each.email}",
                        on_click=access_kept.take,
                        args=(each.email,),
                    )
    with st.container(key="card_let_in"):
        finding.title("Let somebody in, or give another role")
        st.text_input("E-mail address of the sign-in", key=EMAIL, max_chars=200)
        role = st.selectbox("Role", ROLES_GIVEN, ROLES_GIVEN.index(THERAPIST), key=ROLE)
        if role == THERAPIST:
            whose()
        st.button("Give this role", key="access_give", type="primary", on_click=_give)


def whose() -> None:
    """Whose week it is: a name of the roster or of the newest month; typed where there is neither."""
    if names := access_kept.names():
        st.selectbox("Whose week is it?", names, None, key=WHOSE, format_func=plain)
    else:
        st.text_input("Whose week is it? The name as it will stand in the roster", key=WHOSE, max_chars=200)


def _give() -> None:
    role = session.chosen(ROLE)
    name = str(session.chosen(WHOSE) or "") if role == THERAPIST else ""
    if access_kept.give(str(session.chosen(EMAIL) or ""), role, name):
        session.set_now(EMAIL, "")


def words(person: Person) -> str:
    """ "ann@district.org: therapist, the week of Ann Able"."""
    return f"{person.email}: {person.role}" + (f", the week of {person.therapist}" if person.therapist else "")


def roles() -> None:
    """What each role may, from the table that the library asks."""
    with st.container(key="card_roles"):
        finding.title("What each role may do")
        rows = [(role, ", ".join(sorted(MAY[role]))) for role in ROLES_GIVEN]
        finding.stacked_table(["Role", "May do"], rows, "What each role may do")


def record() -> None:
    """The newest changes."""
    if not keeping.may(SEE_RECORD):
        return
    table = access_kept.history()
    st.header("Who changed what", anchor=False)
    st.caption(
        f"The newest {count(len(table), 'change')}, without content. Nothing is ever taken out of this record; "
        "`python -m workload.store check` finds a row that was tampered with."
    )
    widgets.words_table(table, "Every change with its time, person, role and part", "changes", "changes")
