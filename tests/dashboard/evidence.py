"""Walking through the parts of the evidence pages, and a district with a time log and delivered minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from dashboard.screens.people.delivered.delivered_data import DeliveredRecord
from tests.dashboard.support import HOSTILE, bring, visit
from workload.model.roster import Roster
from workload.staffing.delivered.compliance import delivered_of
from workload.staffing.time_study.study import LABELS, plain_entries

PAGES = {"rules": "rules_part", "time_study": "study_part", "concerns": "concerns_part", "delivered": "delivered_part"}
MONDAY = date(2026, 9, 21)


def widget(at, kind: str, key: str):
    """The widget with that key."""
    return next(each for each in getattr(at, kind) if each.key == key)


def parts(at, page: str) -> Iterator[str]:
    """Each part of a page, one after the other, as it is opened."""
    visit(at, page)
    for name in list(widget(at, "radio", PAGES[page]).options):
        widget(at, "radio", PAGES[page]).set_value(name).run()
        yield name


def open_part(at, page: str, name: str):
    """A page at one of its parts."""
    visit(at, page)
    return widget(at, "radio", PAGES[page]).set_value(name).run()


def with_log(roster: Roster, school: str | None = None) -> Roster:
    """The roster with a week of log by its first three people: every activity, some of it unpaid, with clock times."""
    entries = []
    for person in list(roster.therapists["therapist"])[:3]:
        for at, code in enumerate(LABELS):
            start = 7 * 60 + 45 * at
            entries.append(
                {
                    "therapist": person,
                    "date": MONDAY + timedelta(at % 5),
                    "activity": code,
                    "start": f"{start // 60}:{start % 60:02}",
                    "end": f"{(start + 45) // 60}:{(start + 45) % 60:02}",
                    "school": school,
                    "outside_contract": at % 4 == 3,
                }
            )
    log = plain_entries(entries).assign(file="log.xlsx", sheet="Time log", row=range(2, len(entries) + 2))
    return replace(roster, time_log=log, digest=f"{roster.digest}-log")


def with_minutes(at, schools, people) -> None:
    """Delivered minutes of these schools and people, brought beside the roster."""
    rows = [
        {
            "student": f"S-{'ABCDEFGHIJ'[at % 10] * 10}",
            "school": schools[at % len(schools)],
            "therapist": people[at % len(people)],
            "month": ("2026-09", "2026-10")[at % 2],
            "required_minutes": 100 + at,
            "delivered_minutes": 60,
            "provider_absence_minutes": 20,
        }
        for at in range(40)
    ]
    bring(at, DeliveredRecord({"minutes.xlsx": delivered_of(rows)}))


def hostile_clause() -> dict:
    """A rule of an agreement in which every text is an attack."""
    return {
        "id": "clause-1",
        "kind": "caseload_cap",
        "unit": "students",
        "scope": "person",
        "label": HOSTILE[0],
        "value": 3,
        "citation": HOSTILE[1],
        "text": HOSTILE[2],
        "place": "Our agreement",
        "prorated": True,
        "read": MONDAY,
        "note": HOSTILE[3],
    }
