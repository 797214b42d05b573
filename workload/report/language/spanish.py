"""The sentences that carry the ask, in Spanish as US school districts write it (es-US).

Numbers keep the decimal point and their digits. They come from the same records as the English sentences; this file
only phrases. The wording is the project's own and no certified translation.
"""

from __future__ import annotations

import re
from datetime import date

from workload.explain.headline import EVEN, ROOM, SHORT, Side, Standing
from workload.model.words import day_in, month_of
from workload.premises.records import NEED_ONLY, PROVISIONAL
from workload.report.ask_record import COVER, FILL, PERMANENT, Ask, Part
from workload.report.language.english import last_post
from workload.report.told_ask import EITHER

TIME_WITHHELD = "El tiempo disponible y la diferencia no se muestran: hablarían de menos de tres personas."
THE_DISTRICT, SUBJECT = "El distrito", "Personal de terapia ocupacional"
MONTHS = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
MONTH_ALONE = re.compile(r"([A-Za-z]{3,9})\.?,? (\d{4})")


def title(ask: Ask, name: str) -> str:
    """What the first slide is called."""
    work = "el tiempo de terapia ocupacional y la carga de trabajo de los planes"
    if not ask.posts_known:
        return f"{name or THE_DISTRICT}: SOLO LA NECESIDAD, {ask.required} FTE de terapia ocupacional"
    if ask.waits:
        told = f"{_lacks(ask.short)} {ask.short} FTE de terapia ocupacional" if ask.short else work
        return f"{name or THE_DISTRICT}: PROVISIONAL, {told}"
    if not ask.short:
        return f"{name or THE_DISTRICT}: {work}"
    return f"{f'A {name}' if name else 'Al distrito'} le {_lacks(ask.short)} {ask.short} FTE de terapia ocupacional"


def ask_sentence(ask: Ask) -> str:
    """What is asked for, with its date and span; it explains FTE."""
    if not ask.posts_known:
        return "No se puede decir cuánto tiempo solicitar hasta que se indique quién ocupa un puesto."
    if ask.withheld:
        return f"El trabajo de los planes requiere {_posts(ask.required)} de terapia ocupacional."
    open_ = f"hasta que se resuelvan los supuestos pendientes ({ask.waits})"
    if not ask.fte:
        return (
            f"No se puede decir si se necesita tiempo adicional {open_}."
            if ask.waits
            else "No se solicita tiempo adicional."
        )
    ends = [f"en total {_lacks(ask.short)} {ask.short} FTE"] if ask.short else []
    low, high = (f"un margen de {ask.low}", f"un faltante de {ask.high}") if ask.low_is_room else (ask.low, ask.high)
    ends += [f"{'' if ask.waits else 'probablemente '}entre {low} y {high}"] if ask.high else []
    span = f" ({', '.join(ends)})" if ends else ""
    by = by_when(ask.by)
    what = "; ".join(
        f"{_part(part, first=at == 0)}{by if part is last_post(ask) else ''}" for at, part in enumerate(ask.parts)
    )
    start = f"De manera provisional, {open_}, se solicita añadir" if ask.waits else "Se solicita añadir"
    return f"{start} {what}{span}."


def _part(part: Part, first: bool) -> str:
    """One part of the ask; the first explains FTE."""
    begin = f" desde el {in_words(part.start)}" if part.start else ""
    until = f" hasta el {in_words(part.until)}" if part.until else ""
    how = {
        PERMANENT: "en puestos nuevos",
        FILL: "en puestos presupuestados y vacantes",
        COVER: f"como cobertura temporal{begin}{until}",
    }[part.kind]
    return f"{_posts(part.fte, explained=not first)} de {'OT u OTA' if part.role == EITHER else part.role} {how}"


def schools_sentence(ask: Ask) -> str:
    """Where most of it is missing, or for which schools it is asked; a list without "y", which would turn to "e" by sound."""
    so_far = "De manera provisional: " if ask.waits else ""
    if not ask.chosen:
        named = [f"{name} ({missing})" for name, missing in ask.schools]
        where = (
            "Entre las escuelas cuya diferencia se muestra, donde más falta, en FTE"
            if ask.partly
            else "Donde más falta, en FTE"
        )
        return f"{so_far}{where}: {', '.join(named)}." if named else ""
    named = [f"{name} ({_lacks(missing)} {missing} FTE)" if missing else name for name, missing in ask.schools]
    hidden = (
        "1 escuela que no se muestra por separado"
        if ask.unnamed == 1
        else f"{ask.unnamed:,} escuelas que no se muestran por separado"
    )
    if not named:
        return f"{so_far}El tiempo es para {hidden}." if ask.unnamed else ""
    of = "la siguiente escuela" if len(named) + ask.unnamed == 1 else "las siguientes escuelas"
    return f"{so_far}El tiempo es para {of}: {', '.join([*named, hidden] if ask.unnamed else named)}."


def headline(said: Standing, name: str = "", explained: bool = False) -> str:
    """What the district needs, has and lacks: each branch of the English headline.

    explained  whether a sentence before it has already said what FTE means
    """
    name, day = name or THE_DISTRICT, in_words(said.day)
    if not said.required and not said.available:
        return (
            f"{name}: no hay nada que contar al {day}. No hay ningún servicio vigente y nadie ocupa un puesto; "
            "revise la fecha o cargue los datos del distrito."
        )
    if not said.required:
        return f"{name} cuenta con {_posts(said.available, explained)} {_who(said)} y no hay ningún servicio vigente al {day}."
    needs = (
        f"{name} necesita {_posts(said.required, explained)} {_who(said)} para los servicios que indican los planes de sus "
        f"estudiantes al {day}"
    )
    if said.status == NEED_ONLY or said.time_withheld:
        likely = f" (probablemente entre {said.needed[0]} y {said.needed[1]})" if said.needed else ""
        unknown = "Todavía no se ha indicado quién ocupa un puesto, por lo que no se puede decir cuánto falta."
        return f"{needs}{likely}. {TIME_WITHHELD if said.time_withheld else unknown}"
    if not said.available:
        return f"{needs}, y {'todo el personal está de licencia' if said.on_leave else 'nadie ocupa un puesto'}. {_gap(said)}."
    so_far = "de manera provisional, " if said.status == PROVISIONAL else ""
    even_so = (
        f" Aun así, {so_far}una carga de trabajo de {said.unfitted} FTE no cabe en la semana de quienes la tienen a su cargo, o no "
        "está asignada a nadie."
    )
    return f"{needs} y cuenta con {said.available}. {_gap(said)}.{even_so if said.unfitted else ''}"


def _who(said: Standing) -> str:
    return (
        "de terapia ocupacional, entre terapeutas (OT) y asistentes (OTA),"
        if said.otas
        else "de terapia ocupacional (OT)"
    )


def _gap(said: Standing) -> str:
    gap = {
        SHORT: f"Le {_lacks(said.gap.fte)} {said.gap.fte} FTE",
        ROOM: f"Tiene un margen de {said.gap.fte} FTE",
        EVEN: "Lo necesario y lo disponible están casi en equilibrio",
    }[said.gap.kind]
    waits = ""
    if said.status == PROVISIONAL:
        gap = f"De manera provisional, {gap[:1].lower()}{gap[1:]}"
        waits = f" hasta que se resuelvan los supuestos pendientes ({said.waits})"
    if said.spread is None:
        return f"{gap}{waits}"
    low, high = (_end(side) if said.across else side.fte for side in said.spread)
    return f"{gap} ({'' if waits else 'probablemente '}entre {low} y {high}{waits})"


def _end(side: Side) -> str:
    return {SHORT: f"un faltante de {side.fte} FTE", ROOM: f"un margen de {side.fte} FTE", EVEN: "el equilibrio"}[
        side.kind
    ]


def _is_one(number: str) -> bool:
    return float(number.replace(",", "")) == 1


def _lacks(number: str) -> str:
    return "falta" if _is_one(number) else "faltan"


def _posts(number: str, explained: bool = False) -> str:
    """ "3.2 FTE", or in full where FTE is said for the first time."""
    if explained:
        return f"{number} FTE"
    return f"{number} {'puesto' if _is_one(number) else 'puestos'} de tiempo completo (FTE)"


def in_words(day: date) -> str:
    """ "1 de octubre de 2026"."""
    return f"{day.day} de {MONTHS[day.month - 1]} de {day.year}"


def by_when(text: str) -> str:
    """A date that somebody typed in English, as the end of a sentence; words that are no date stay as they were typed."""
    text = text.strip()
    if not text:
        return ""
    day = day_in(text)
    if day is not None:
        return f" a más tardar el {in_words(day)}"
    alone = MONTH_ALONE.fullmatch(text)
    if alone and month_of(alone[1]):
        return f" a más tardar en {MONTHS[month_of(alone[1]) - 1]} de {alone[2]}"
    return f", con este plazo: {text}"
