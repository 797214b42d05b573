"""A list with Spanish headings and words: the usual ones are read, and what is left is asked or told."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.intake import rosters
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
