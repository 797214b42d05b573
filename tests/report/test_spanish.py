"""The sentences of the ask in Spanish: each branch against a sentence written by hand, and the same numbers as in English."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.figures.test_figure_text import SomeAnswer, final  # noqa: F401 (a fixture for the whole file)
from tests.report.packets import SETTINGS, sample_answer
from tests.support.rosters import DAY, as_roster, random_tables
from workload.answer import analyze
from workload.explain.headline import headline, standing_of
from workload.model.words import MONTHS, day_in
from workload.report.ask_record import COVER, PERMANENT, Ask, Part
from workload.report.audience import AUDIENCES
from workload.report.language import english, spanish
from workload.report.language.languages import BOTH
from workload.report.reader_view import View
from workload.report.sections.passages import ORDER, passages

NEEDS = "El distrito necesita"
PLANS = "para los servicios que indican los planes de sus estudiantes al 1 de octubre de 2026"
HEADLINES = {
    "short, with OTAs": (
        SomeAnswer(14.2, 11.0, p10=13.5, p90=15.0, ota=2.0),
        f"{NEEDS} 14.2 puestos de tiempo completo (FTE) de terapia ocupacional, entre terapeutas (OT) y asistentes (OTA), {PLANS} y "
        "cuenta con 11.0. Le faltan 3.2 FTE (probablemente entre 2.5 y 4.0).",
    ),
    "short, perhaps not": (
        SomeAnswer(5.0, 4.5, p10=4.2, p90=5.4),
        f"{NEEDS} 5.0 puestos de tiempo completo (FTE) de terapia ocupacional (OT) {PLANS} y cuenta con 4.5. Le faltan 0.5 FTE "
        "(probablemente entre un faltante de 0.9 FTE y un margen de 0.3 FTE).",
    ),
    "short by one, without a range": (
        SomeAnswer(2.0, 1.0),
        f"{NEEDS} 2.0 puestos de tiempo completo (FTE) de terapia ocupacional (OT) {PLANS} y cuenta con 1.0. Le falta 1.0 FTE.",
    ),
    "one post is enough": (
        SomeAnswer(1.0, 1.5),
        f"{NEEDS} 1.0 puesto de tiempo completo (FTE) de terapia ocupacional (OT) {PLANS} y cuenta con 1.5. Tiene un margen de 0.5 "
        "FTE.",
    ),
    "even": (
        SomeAnswer(11.0, 11.02, p10=10.6, p90=11.6),
        f"{NEEDS} 11.0 puestos de tiempo completo (FTE) de terapia ocupacional (OT) {PLANS} y cuenta con 11.0. Lo necesario y lo "
        "disponible están casi en equilibrio (probablemente entre un faltante de 0.6 FTE y un margen de 0.4 FTE).",
    ),
    "even at one end": (
        SomeAnswer(11.0, 11.02, p10=10.6, p90=11.02),
        f"{NEEDS} 11.0 puestos de tiempo completo (FTE) de terapia ocupacional (OT) {PLANS} y cuenta con 11.0. Lo necesario y lo "
        "disponible están casi en equilibrio (probablemente entre el equilibrio y un margen de 0.4 FTE).",
    ),
    "room, and work that does not fit": (
        SomeAnswer(9.0, 11.0, p10=8.5, p90=9.8, short=0.7),
        f"{NEEDS} 9.0 puestos de tiempo completo (FTE) de terapia ocupacional (OT) {PLANS} y cuenta con 11.0. Tiene un margen de 2.0 "
        "FTE (probablemente entre 1.2 y 2.5). Aun así, una carga de trabajo de 0.7 FTE no cabe en la semana de quienes la tienen a "
        "su cargo, o no está asignada a nadie.",
    ),
    "nobody in post": (
        SomeAnswer(2.0, 0.0),
        f"{NEEDS} 2.0 puestos de tiempo completo (FTE) de terapia ocupacional (OT) {PLANS}, y nadie ocupa un puesto. Le faltan 2.0 FTE.",
    ),
    "everybody on leave": (
        SomeAnswer(2.0, 0.0, contracted=1.0),
        f"{NEEDS} 2.0 puestos de tiempo completo (FTE) de terapia ocupacional (OT) {PLANS}, y todo el personal está de licencia. Le "
        "faltan 2.0 FTE.",
    ),
    "no service": (
        SomeAnswer(0.0, 3.0),
        "El distrito cuenta con 3.0 puestos de tiempo completo (FTE) de terapia ocupacional (OT) y no hay ningún servicio vigente al 1 "
        "de octubre de 2026.",
    ),
    "nothing at all": (
        SomeAnswer(0.0, 0.0),
        "El distrito: no hay nada que contar al 1 de octubre de 2026. No hay ningún servicio vigente y nadie ocupa un puesto; revise "
        "la fecha o cargue los datos del distrito.",
    ),
}
ADDED = Part(kind=PERMANENT, role="OT", fte="2.2", until=None)
COVERED = Part(kind=COVER, role="OT", fte="1.0", until=date(2026, 12, 18), start=date(2026, 10, 1))
ASK = Ask(
    required="14.2",
    available="11.0",
    fte="3.2",
    short="3.2",
    low="2.6",
    high="4.8",
    by="January 4, 2027",
    schools=(("Oak", "0.8"), ("Elm", "0.4")),
    parts=(ADDED, COVERED),
)
PLAIN = replace(ASK, by="", high="", short="", parts=(replace(ADDED, fte="3.2"),))
THREE = "Se solicita añadir 3.2 puestos de tiempo completo (FTE) de OT en puestos nuevos"
ASKS = {
    "with a date and a range": (
        ASK,
        "Se solicita añadir 2.2 puestos de tiempo completo (FTE) de OT en puestos nuevos a más tardar el 4 de enero "
        "de 2027; 1.0 FTE de OT como cobertura temporal desde el 1 de octubre de 2026 hasta el 18 de diciembre de 2026 (en "
        "total faltan 3.2 FTE, probablemente entre 2.6 y 4.8).",
        "Donde más falta, en FTE: Oak (0.8), Elm (0.4).",
    ),
    "provisional": (
        replace(PLAIN, waits=2, short="3.2", low="1.7", high="4.4", low_is_room=True, schools=()),
        "De manera provisional, hasta que se resuelvan los supuestos pendientes (2), se solicita añadir 3.2 puestos de "
        "tiempo completo (FTE) de OT en puestos nuevos (en total faltan 3.2 FTE, entre un margen de 1.7 y un faltante de 4.4).",
        "",
    ),
    "where some gaps are withheld": (
        replace(PLAIN, partly=True),
        f"{THREE}.",
        "Entre las escuelas cuya diferencia se muestra, donde más falta, en FTE: Oak (0.8), Elm (0.4).",
    ),
    "of one post": (
        replace(PLAIN, fte="1.0", parts=(replace(ADDED, fte="1.0"),), schools=(("Oak", "1.0"),)),
        "Se solicita añadir 1.0 puesto de tiempo completo (FTE) de OT en puestos nuevos.",
        "Donde más falta, en FTE: Oak (1.0).",
    ),
    "by a month": (
        replace(PLAIN, by="January 2027", schools=()),
        f"{THREE} a más tardar en enero de 2027.",
        "",
    ),
    "by words": (
        replace(PLAIN, by="the spring break"),
        f"{THREE}, con este plazo: the spring break.",
        "Donde más falta, en FTE: Oak (0.8), Elm (0.4).",
    ),
    "for schools of its own": (
        replace(PLAIN, schools=(("Oak", "1.0"), ("Elm", "")), chosen=True, unnamed=2),
        f"{THREE}.",
        "El tiempo es para las siguientes escuelas: Oak (falta 1.0 FTE), Elm, 2 escuelas que no se muestran por separado.",
    ),
    "for one school that is not shown": (
        replace(PLAIN, schools=(), chosen=True, unnamed=1),
        f"{THREE}.",
        "El tiempo es para 1 escuela que no se muestra por separado.",
    ),
    "of nothing": (replace(PLAIN, fte="", parts=(), schools=()), "No se solicita tiempo adicional.", ""),
    "of nothing yet": (
        replace(PLAIN, fte="", parts=(), schools=(), waits=1),
        "No se puede decir si se necesita tiempo adicional hasta que se resuelvan los supuestos pendientes (1).",
        "",
    ),
}


def digits(text: str) -> list[str]:
    """The numbers of a sentence in their order."""
    return [found.rstrip(",") for found in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]


@pytest.mark.parametrize("branch", HEADLINES)
def test_the_spanish_headline_says_each_branch(branch):
    answer, wanted = HEADLINES[branch]
    assert spanish.headline(standing_of(answer)) == wanted
    assert digits(wanted) == digits(headline(answer))


@pytest.mark.parametrize("branch", ASKS)
def test_the_spanish_ask_says_each_branch(branch):
    ask, wanted, schools = ASKS[branch]
    assert (spanish.ask_sentence(ask), spanish.schools_sentence(ask)) == (wanted, schools)
    assert digits(schools) == digits(english.schools_sentence(ask))


def test_the_title_agrees_in_number_and_takes_no_article_from_a_name():
    assert spanish.title(ASK, "Elm County") == "A Elm County le faltan 3.2 FTE de terapia ocupacional"
    assert spanish.title(replace(ASK, short="1.0"), "") == "Al distrito le falta 1.0 FTE de terapia ocupacional"
    assert spanish.title(replace(ASK, short=""), "Elm County").startswith(
        "Elm County: el tiempo de terapia ocupacional"
    )


def test_what_fte_means_is_said_once_in_a_passage():
    said = passages(View(sample_answer(), AUDIENCES["board"], replace(SETTINGS, language=BOTH)))[1]
    assert " ".join(said[name] for name in ORDER).count("de tiempo completo (FTE)") == 1


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("January 4, 2027", " a más tardar el 4 de enero de 2027"),
        ("Jan. 4 2027", " a más tardar el 4 de enero de 2027"),
        ("2027-09-01", " a más tardar el 1 de septiembre de 2027"),
        ("9/1/2027", " a más tardar el 1 de septiembre de 2027"),
        ("Sept 2027", " a más tardar en septiembre de 2027"),
        ("February 30, 2027", ", con este plazo: February 30, 2027"),
        ("Monday 4, 2027", ", con este plazo: Monday 4, 2027"),
        ("13/1/2027", ", con este plazo: 13/1/2027"),
        ("", ""),
        ("May 2027", " a más tardar en mayo de 2027"),
        ("Room 2027", ", con este plazo: Room 2027"),
    ],
)
def test_a_date_is_spelled_out_and_other_words_stay(typed, wanted):
    assert spanish.by_when(typed) == wanted


def test_every_month_has_its_name():
    said = [spanish.in_words(date(2027, month, 1)) for month in range(1, 13)]
    assert said[0] == "1 de enero de 2027" and said[8] == "1 de septiembre de 2027" and len(set(said)) == 12
    for month, name in enumerate(MONTHS, 1):
        assert day_in(f"{name.capitalize()} 9, 2027") == date(2027, month, 9)


FTE = st.one_of(st.sampled_from([0.0, 0.03, 0.049, 0.05, 0.95, 1.0, 11.04, 1234.25]), st.floats(0, 30, allow_nan=False))


@given(
    FTE,
    FTE,
    st.floats(0, 3),
    st.floats(0, 3),
    st.booleans(),
    st.sampled_from([0.0, 0.04, 0.7]),
    st.sampled_from([None, 1.0]),
)
@settings(max_examples=300, deadline=None)
def test_both_languages_have_the_same_numbers_in_the_same_order(
    required, available, below, above, otas, short, contracted
):
    answer = SomeAnswer(required, available, contracted, required - below, required + above, float(otas), short)
    assert digits(spanish.headline(standing_of(answer), "Elm")) == digits(headline(answer, "Elm"))


@pytest.mark.parametrize("audience", ["board", "superintendent"])
@pytest.mark.parametrize("seed", range(30, 40))
def test_the_passages_of_any_district_have_the_same_numbers(seed, audience):
    answer = analyze(as_roster(random_tables(seed, students=40 + seed, people=2 + seed % 4)), DAY)
    own = tuple(answer.schools["school"][: seed % 3])
    one, other = passages(View(answer, AUDIENCES[audience], replace(SETTINGS, language=BOTH, schools=own)))
    assert (one["tag"], other["tag"]) == ("en-US", "es-US")
    for name in ("subject", "title", *ORDER):
        assert digits(one[name]) == digits(other[name]), name
