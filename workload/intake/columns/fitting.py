"""How well a column's values fit what its heading may mean: from -1 (they contradict) to 1 (they say it themselves)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from workload.intake.cells.cells import tidy
from workload.intake.cells.date_spans import DAY, days_of
from workload.intake.cells.group_words import may_tell_groups
from workload.intake.columns.looks import FEW, MOST, SOME, TITLE, Look

REGULAR = re.compile(r"\b(?:regular|reg|school year|sy|esr|rsy)\b", re.IGNORECASE)  # terms that are not the summer
MOST_SESSIONS, MOST_IN_A_GROUP = 40, 40  # a column with more in a cell is a column of something else
CONTRADICTS, NOTHING_SAID, FITS, SAYS_IT = -1.0, 0.0, 0.5, 1.0


def fit(name: str, kind: str, look: Look) -> float:
    """The fit of a column of this canonical name and kind."""
    if not look.values:
        return NOTHING_SAID
    rule = BY_NAME.get(name) or BY_KIND.get(kind)
    return rule(look) if rule else NOTHING_SAID


def _share(share: float, says: float = SAYS_IT, least: float = FEW) -> float:
    return says if share > MOST else NOTHING_SAID if share >= least else CONTRADICTS


def _text(look: Look) -> float:
    if look.periods > MOST or look.phrases > MOST or look.dates > MOST or look.looks_like_minutes:
        return CONTRADICTS
    return FITS


def _name_like(look: Look) -> float:
    if look.numeric > MOST or look.phrases > SOME or look.dates > MOST or look.periods > MOST or look.flags > MOST:
        return CONTRADICTS
    return FITS if look.names > SOME else NOTHING_SAID


def _school(look: Look) -> float:
    if (
        look.phrases > SOME
        or look.dates > MOST
        or look.flags > MOST
        or look.deliveries > MOST
        or look.disciplines > MOST
    ):
        return CONTRADICTS
    if look.schools > SOME:
        return SAYS_IT
    return NOTHING_SAID if look.numeric > MOST or look.periods > MOST else FITS


def _therapist(look: Look) -> float:
    if look.share(lambda value: isinstance(value, str) and bool(TITLE.match(tidy(value)))) > MOST:
        return CONTRADICTS
    if look.share(lambda value: not any(map(str.isalpha, str(value)))) > MOST and look.numeric < SOME:
        return CONTRADICTS  # "2/30"
    fits = _name_like(look)
    return SAYS_IT if fits > CONTRADICTS and look.people > SOME else fits


def _setting(look: Look) -> float:
    if look.places > MOST:
        return SAYS_IT
    return CONTRADICTS if look.schools > MOST or look.deliveries > MOST else _name_or_code(look)


def _delivery(look: Look) -> float:
    """ "Push-in" and "pull-out" fit under a delivery heading; where a heading says both, they are the place."""
    if may_tell_groups(look.values):
        return CONTRADICTS
    score = SAYS_IT if look.tells_groups and look.flags <= MOST else _choice(lambda seen: seen.deliveries)(look)
    return min(score, FITS) if look.places > MOST else score


def _leave(look: Look) -> float:
    """Days of leave that somebody has left are numbers, and no days on which somebody is away."""
    return CONTRADICTS if look.numeric > MOST else FITS


def _name_or_code(look: Look) -> float:
    return CONTRADICTS if look.phrases > MOST or look.dates > MOST else NOTHING_SAID


def _id(look: Look) -> float:
    if look.dates > MOST or look.phrases > MOST or look.flags > MOST:
        return CONTRADICTS
    if look.ids > MOST and not look.looks_like_minutes:
        return SAYS_IT
    return FITS if look.is_unique else NOTHING_SAID


def _student(look: Look) -> float:
    if (
        look.schools > MOST
        or look.dates > MOST
        or look.phrases > SOME
        or look.flags > MOST
        or look.looks_like_minutes
        and not look.is_unique
    ):
        return CONTRADICTS
    return FITS


def _minutes(look: Look) -> float:
    if look.dates > MOST or look.phrases > MOST or look.serials > MOST or look.periods > MOST:
        return CONTRADICTS
    if look.numeric + look.lengths > MOST:
        return SAYS_IT if look.looks_like_minutes or look.lengths > SOME else FITS
    return NOTHING_SAID if look.numeric + look.lengths + look.phrases > SOME else CONTRADICTS


UNIT = re.compile(r"(?:\d{1,2} ?)?(?:minutes?|mins?|hours?|hrs?|h|m)\.?", re.IGNORECASE)


def _time_unit(look: Look) -> float:
    """ "minutes", "hours", "15 min": the same few words in every row, and no number."""
    words = look.share_of_texts(UNIT.fullmatch)
    if look.numeric > MOST or look.periods > MOST:
        return CONTRADICTS
    return SAYS_IT if words > MOST and (not look.lengths or look.distinct == 1) else NOTHING_SAID


def _sessions(look: Look) -> float:
    if look.numeric > MOST:
        return FITS if max(look.numbers) <= MOST_SESSIONS else NOTHING_SAID
    if look.phrases > MOST or look.periods > MOST or look.dates > MOST or look.counts > MOST:
        return CONTRADICTS
    return NOTHING_SAID


def _period(look: Look) -> float:
    return (
        SAYS_IT
        if look.periods > MOST
        else NOTHING_SAID
        if look.ids > MOST and look.numeric > MOST and not (look.looks_like_minutes) or look.periods > FEW
        else CONTRADICTS
    )


def _phrase(look: Look) -> float:
    if look.phrases + look.counts > SOME:
        return SAYS_IT
    if look.numeric > MOST or look.dates > MOST or look.periods > MOST or look.lengths > MOST or look.flags > MOST:
        return CONTRADICTS
    return (
        CONTRADICTS
        if look.deliveries > MOST
        or look.disciplines > MOST
        and look.phrases == 0
        or look.people > MOST
        or look.tells_groups
        or may_tell_groups(look.values)
        else (NOTHING_SAID if look.phrases or look.counts else -0.4)
    )


def _date(look: Look) -> float:
    share = look.dates + look.serials
    return SAYS_IT if share > MOST else NOTHING_SAID if share > SOME else CONTRADICTS


def _service_dates(look: Look) -> float:
    """ "8/20/2026 - 5/28/2027": both days in one cell, which may lack the year; no times of the day and no places."""
    if look.share_of_texts(days_of) > SOME:
        return SAYS_IT
    return NOTHING_SAID if look.share_of_texts(lambda text: len(DAY.findall(text)) > 1) > SOME else CONTRADICTS


def _group_size(look: Look) -> float:
    if look.numeric > MOST:
        return FITS if max(look.numbers) <= MOST_IN_A_GROUP else CONTRADICTS
    return NOTHING_SAID if look.share(lambda value: ":" in str(value)) > MOST else CONTRADICTS


def _group_id(look: Look) -> float:
    if look.tells_groups or may_tell_groups(look.values):
        return CONTRADICTS
    return CONTRADICTS if look.flags > MOST or look.deliveries > MOST or look.phrases > MOST else NOTHING_SAID


def _service(look: Look) -> float:
    if look.periods > MOST:
        return CONTRADICTS
    if look.disciplines > FEW:
        return CONTRADICTS if look.phrases > MOST else SAYS_IT
    if (
        look.deliveries > SOME
        or look.phrases > SOME
        or look.dates > MOST
        or look.looks_like_minutes
        or look.flags > MOST
    ):
        return CONTRADICTS
    return NOTHING_SAID


def _status(look: Look) -> float:
    if look.dates > MOST or look.looks_like_minutes or look.phrases > MOST:
        return CONTRADICTS
    return SAYS_IT if look.states > SOME else FITS if look.flags > MOST else NOTHING_SAID


def _term(look: Look) -> float:
    """Words of a term, the summer among them: "Regular" alone may be said of other things as well."""
    summer = look.share(lambda value: any(word in str(value).casefold() for word in ("esy", "summer", "extended")))
    plain = look.share(lambda value: bool(REGULAR.search(str(value))))
    return _share(summer + plain, SAYS_IT if summer else NOTHING_SAID, SOME)


def _fte(look: Look) -> float:
    return CONTRADICTS if look.dates > MOST or look.names > MOST else FITS


def _role(look: Look) -> float:
    return (
        SAYS_IT
        if look.roles + look.disciplines > SOME
        else CONTRADICTS
        if (look.numeric > MOST or look.dates > MOST or look.phrases > MOST)
        else NOTHING_SAID
    )


def _choice(share: Callable[[Look], float]) -> Callable[[Look], float]:
    return lambda look: SAYS_IT if share(look) > MOST else NOTHING_SAID if share(look) >= SOME else CONTRADICTS


def _any_number(look: Look) -> float:
    return (
        FITS
        if look.numeric + look.lengths > SOME
        else CONTRADICTS
        if (look.dates > MOST or look.phrases > MOST or look.names > MOST)
        else NOTHING_SAID
    )


BY_KIND: Mapping[str, Callable[[Look], float]] = {
    "id": _id,
    "name": _student,
    "school": _school,
    "therapist": _therapist,
    "date": _date,
    "number": _any_number,
    "whole": _any_number,
    "yes_no": _choice(lambda look: look.yes_no),
    "period": _period,
    "text": _text,
}
BY_NAME: Mapping[str, Callable[[Look], float]] = {
    "student_id": _id,
    "minutes_per_session": _minutes,
    "minutes_per_period": _minutes,
    "minutes_per_week": _minutes,
    "minutes_per_month": _minutes,
    "minutes_per_year": _minutes,
    "hours_per_week": _minutes,
    "sessions": _sessions,
    "time_unit": _time_unit,
    "frequency_text": _phrase,
    "group_size": _group_size,
    "group_id": _group_id,
    "service": _service,
    "status": _status,
    "term": _term,
    "service_dates": _service_dates,
    "setting": _setting,
    "delivery": _delivery,
    "plan": _choice(lambda look: look.plans),
    "grade": _choice(lambda look: look.grades),
    "fte": _fte,
    "leave_dates": _leave,
    "role": _role,
    "direct_minutes": _minutes,
    "indirect_minutes": _minutes,
    "direct_outside_minutes": _minutes,
}
