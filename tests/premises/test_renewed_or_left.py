"""Renewed or left: every student whose plan is past its review is asked about, and the answer follows what is said."""

from __future__ import annotations

from datetime import date

import pytest

from tests.scenarios.test_levers import district, plain
from workload.__main__ import main
from workload.intake.answers.import_map import MapError, map_of
from workload.model.confirmations import Confirmation
from workload.premises.premise_list import answer_status, premises_of
from workload.premises.renewed_or_left import (
    LEFT,
    RENEWALS,
    RENEWED,
    confirmation,
    confirmed_by_map,
    students_asked,
    unanswered,
)

DAY = date(2026, 10, 1)


def past_their_review():
    """Three students past their review on September 1, one of them with a second line in force, and one who goes on."""
    ends = ["2026-09-01", "2026-09-01", None, "2026-09-01", None]
    return district(
        [("Ann", "Oak", 10)] * 5,
        services={
            "student": ["S1", "S2", "S2", "S3", "S4"],
            "end": ends,
            "iep_date": ends,
            "start": ["2025-09-01"] * 5,
            "delivery": ["individual", "individual", "consult", "individual", "individual"],
        },
        assumptions=plain(),
    )


def premise(answer, id=RENEWALS):
    return next(one for one in premises_of(answer) if one.id == id)


def after(answer, **said):
    return answer.with_confirmed({RENEWALS: confirmation(said, "lead", "2026-10-01")})


def test_students_without_another_line_are_asked_about_with_place_and_date():
    table = students_asked(past_their_review())
    assert table["student"].tolist() == ["S1", "S3"]
    assert table["ended"].tolist() == [date(2026, 9, 1)] * 2 and table["said"].tolist() == ["", ""]
    assert table["school"].tolist() == ["Oak", "Oak"] and table["therapist"].tolist() == ["Ann", "Ann"]


def test_the_answer_follows_and_a_student_who_left_can_be_taken_back():
    answer = past_their_review()
    left = after(answer, S1=LEFT)
    assert left.demand.caseload == answer.demand.caseload - 1
    assert left.district["required_fte"] < answer.district["required_fte"]
    assert students_asked(left)["student"].tolist() == ["S1", "S3"]
    assert students_asked(left)["said"].tolist() == [LEFT, ""] and unanswered(left) == ["S3"]
    assert left.with_confirmed({}).district["required_fte"] == answer.district["required_fte"]


def test_the_premise_is_settled_when_every_student_is_answered_and_not_before():
    answer = past_their_review()
    part = premise(after(answer, S1=RENEWED))
    assert part.state in ("assumed", "open") and "of 1 nobody has said anything" in part.text
    assert part.required.low == pytest.approx(after(answer, S1=RENEWED, S3=LEFT).district["required_fte"])
    whole = premise(after(answer, S1=RENEWED, S3=LEFT))
    assert (whole.state, whole.who) == ("confirmed", "lead") and whole.required.low == whole.required.high
    assert "1 left, as somebody said, and the others were renewed" in whole.text


def test_when_all_have_left_the_premise_still_says_who_said_so():
    assert premise(after(past_their_review(), S1=LEFT, S2=LEFT, S3=LEFT)).state == "confirmed"


def test_to_say_that_all_were_renewed_needs_no_student():
    answer = past_their_review()
    assert premise(answer.with_confirmed({RENEWALS: Confirmation("lead", "2026-10-01")})).state == "confirmed"


def test_a_student_who_becomes_overdue_later_is_asked_about_anew():
    answer = past_their_review()
    settled = after(answer, S1=RENEWED, S3=RENEWED)
    assert premise(settled).state == "confirmed"
    services = answer.roster.services.copy()
    services.loc[4, ["end", "iep_date"]] = [services.loc[0, "end"].replace(month=11)] * 2
    from dataclasses import replace

    from workload.answer import analyze

    later = analyze(
        replace(answer.roster, services=services), date(2026, 11, 5), answer.assumptions, confirmed=settled.confirmed
    )
    assert unanswered(later) == ["S4"] and premise(later).state != "confirmed"
    assert answer_status(later) == "provisional"


def test_a_map_keeps_what_was_said_and_refuses_another_word():
    said = confirmed_by_map({"S1": "left", "S3": "renewed"}, {"who": "lead", "when": "2026-10-01"})
    assert said == {RENEWALS: Confirmation("lead", "2026-10-01", ("S1",), ("S3",))}
    assert confirmed_by_map({}, {}) == {}
    assert map_of({"renewals": {"S1": "left"}}).as_dict() == {"renewals": {"S1": "left"}}
    with pytest.raises(MapError):
        map_of({"renewals": {"S1": "gone"}})


def test_the_command_line_follows_a_map(tmp_path, monkeypatch):
    import json

    monkeypatch.setenv("OT_STAFFING_HOME", str(tmp_path))
    rows = ["student_id,school,therapist,minutes_per_session,sessions,period,start,end,iep_date"]
    rows += [f"{n},Oak,Ann,30,2,week,2025-09-01,2026-09-01,2026-09-01" for n in (1, 2)]
    rows += [f"{n},Oak,Ann,30,2,week,2026-09-05,2027-09-01,2027-09-01" for n in (3, 4)]
    (tmp_path / "services.csv").write_text("\n".join(rows))

    def answered(*more):
        call = ["analyze", str(tmp_path / "services.csv"), "--day", "2026-10-01", "--json", str(tmp_path / "out.json")]
        assert main([*call, *more]) == 0
        return json.loads((tmp_path / "out.json").read_text())

    before = answered()
    assert before["district"]["caseload"] == 4 and before["renewals"]["students_overdue"] == 2
    from workload.model.pseudonyms import data_folder, secret_of

    assert data_folder()
    from workload.intake.load import load

    secret = secret_of(data_folder()).key
    roster = load([("services.csv", (tmp_path / "services.csv").read_bytes())], secret=secret).roster
    first = roster.services["student"].iloc[0]
    (tmp_path / "MAP.toml").write_text(f'[renewals]\n"{first}" = "left"\n')
    after_map = answered("--map", str(tmp_path / "MAP.toml"))
    assert after_map["district"]["caseload"] == 3
