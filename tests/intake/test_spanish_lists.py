"""A list with Spanish headings and words: the usual ones are read, and what is left is asked or told."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.intake import rosters
from workload.intake.columns.heading_words import all_facts, facts_of
from workload.intake.phrases.meanings import weekly_minutes
from workload.intake.phrases.phrase_reader import read_phrase

HEADINGS = [
    *("Número de alumno", "Nombre del alumno", "Grado", "Escuela", "Terapeuta ocupacional", "Minutos por sesión"),
    *("Sesiones por semana", "Tipo de servicio", "Fecha de inicio", "Fecha de fin", "Estado"),
]
KINDS, STATES = (
    ("Individual", "Grupo", "Consulta"),
    ("Activo", "Activa", "Baja", "Inactivo", "Pendiente", "Dado de baja"),
)


def lines() -> list[list[object]]:
    days = date(2026, 8, 15), date(2027, 6, 1)
    return [
        [77_000 + at, f"Alumno {at}", at % 6, "Sol", "José Ruiz", 30, 1 + at % 2, KINDS[at % 3], *days, STATES[at % 6]]
        for at in range(24)
    ]


STAFF = [
    ["Nombre", "Puesto", "Jornada (FTE)", "Escuelas"],
    ["Ruiz, José", "Terapeuta ocupacional", 1, "Sol"],
    ["Soto, Elena", "Asistente de terapia ocupacional", 0.5, "Sol"],
]


def test_a_spanish_list_is_read_and_who_has_left_does_not_count():
    """ "Baja" was a column that is not understood, and its students counted; ids were not known, and names merged them."""
    result = rosters.loaded(rosters.book(Servicios=[HEADINGS, *lines()], Personal=STAFF))
    roster = result.roster
    assert roster.excluded == {"not-active": 16} and len(roster.services) == 8
    assert roster.services["student"].nunique() == 8
    assert set(roster.services["delivery"]) == {"individual", "group"}  # those of consultation stand among the others
    assert dict(zip(roster.therapists["therapist"], roster.therapists["role"], strict=True)) == {
        "Ruiz, José": "OT",
        "Soto, Elena": "OTA",
    }
    assert set(roster.services["therapist"]) == {"Ruiz, José"} and not rosters.codes(result, "error")
    assert not rosters.found(result, "columns-not-understood")


@pytest.mark.parametrize(
    ("phrase", "weekly"),
    [
        ("2 veces por semana 30 minutos", 60),
        ("30 minutos semanales", 30),
        ("30 minutos dos veces por semana", 60),
        ("2 sesiones de 30 minutos por semana", 60),
        ("1 vez al mes 20 min", 5),
        ("1 hora mensual", 15),
        ("45 minutos consulta por mes", Fraction(45, 4)),
        ("15 min diario", 75),
    ],
)
def test_a_spanish_frequency_says_how_much_a_week(phrase, weekly):
    reading = read_phrase(phrase)
    assert reading.question is None and weekly_minutes(reading.parts) == weekly


def test_what_is_not_read_of_one_is_asked():
    assert read_phrase("30 minutos, dos tardes").question


@pytest.mark.parametrize("heading", ["EL Minutes", "LA Minutes", "Las Minutes"])
def test_an_article_is_no_small_word_of_an_english_heading(heading):
    """Minutes of English learners or of language arts compete with no minutes of a session."""
    head = ["Student ID", "School", "Therapist", "Minutes per session", "Sessions", "Period", heading]
    rows = [[f"S{at}", "Oak", "Kim", 30, 2, "week", 60 * (at % 2)] for at in range(8)]
    result = rosters.loaded(rosters.book(Services=[head, *rows]))
    assert not result.questions and len(result.roster.services) == 8


def test_an_article_between_spanish_words_is_a_small_word():
    assert all_facts("Fecha de la evaluación") == all_facts("Fecha evaluación") | {"filler"}
    assert facts_of("Minutos a la semana") is facts_of("Minutos a la semana"), "the words of a heading are read once"


@pytest.mark.parametrize("hours", [(40, 20), (37.5, 30), (8, 4)])
def test_hours_of_a_working_day_or_week_are_no_fte(hours):
    """40 hours were read as 40 percent, and the gap was final."""
    staff = [
        ["Nombre", "Puesto", "Jornada"],
        *([f"Ruiz, {name}", "Terapeuta ocupacional", each] for name, each in zip(("José", "Ana"), hours, strict=True)),
    ]
    result = rosters.loaded(rosters.book(Servicios=[HEADINGS, *lines()], Personal=staff))
    assert result.roster.therapists.get("fte") is None or result.roster.therapists["fte"].isna().all()
    assert rosters.found(result, "columns-not-understood")
