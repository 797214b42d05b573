"""Concerns: ten signs with state and evidence, and a check-in that tells counts only, late, and from five answers on."""

import re
from datetime import date
from html import escape
from pathlib import Path

from dashboard.screens.answer.concerns import check_in_panel, ten_warning_signs
from dashboard.screens.answer.concerns.check_in_panel import CheckInRecord, EarlierCheckIns
from dashboard.screens.mine import check_in_form
from tests.dashboard.evidence import open_part, widget, with_log, with_minutes
from tests.dashboard.support import bring, district, everything, heading, html_of, opened, record, unfold
from tests.support.rosters import DAY
from workload.answer import analyze
from workload.rules.benchmarks import benchmarks
from workload.staffing.concerns.check_in import FEWEST_ANSWERS, QUESTIONS, CheckIn
from workload.staffing.concerns.sign_evidence import Evidence
from workload.staffing.concerns.warning_signs import SIGNS, UNKNOWN, concerns

SIGNS_PART, TEAM = "Warning signs", "Team check-in"


def text(at) -> str:
    """All that is on the page, as one reads it."""
    return everything(at).replace("\\", "")


def test_all_ten_signs_are_shown_with_the_state_of_the_library():
    roster = with_log(district())
    at = open_part(opened(roster).run(), "concerns", SIGNS_PART)
    answer = analyze(roster, DAY)
    found = concerns(Evidence(answer.staffing, roster.services, roster.evaluations, answer.time_study))
    written = " ".join(html_of(at))
    unknown = {each.label for each in at.expander}
    assert len(found) == 10 == len(SIGNS)
    for concern in found:
        if concern.state == UNKNOWN:
            assert [label for label in unknown if label.startswith(f"{concern.sign.label}: ")]
        else:
            assert concern.decided_by  # what it was read from stands beside the state
            chip = f"</h2>.*?{ten_warning_signs.WORDS[concern.state]}, by the {concern.decided_by}</span>"
            assert re.search(f">{re.escape(escape(concern.sign.label))}{chip}", written)
    assert {concern.state for concern in found} >= {"seen", "unknown"}
    assert heading(at).split()[0] == str(sum(concern.state == "seen" for concern in found))


def test_a_sign_without_data_says_what_it_takes():
    at = open_part(opened(district()).run(), "concerns", SIGNS_PART)
    takes = "It takes a time study with clock times, or the team check-in."
    assert takes not in text(at) and takes in text(unfold(at, "unknown_no-break"))


def test_delivered_minutes_reach_the_signs():
    roster = with_log(district())
    at = opened(roster)
    with_minutes(at, list(roster.schools["school"]), list(roster.therapists["therapist"]))
    open_part(at.run(), "concerns", SIGNS_PART)
    related = "Related, from the delivered minutes: required minutes that were not delivered"
    assert related not in text(at) and related in text(unfold(at, "unknown_no-progress"))


def answer_once(at, number: int, *signs):
    """One person's answers."""
    for sign in signs:
        widget(at, "checkbox", f"sign_{sign}_{number}").check()
    return next(each for each in at.button if each.label == "Add my answers").click().run()


def test_a_check_in_shows_nothing_before_it_is_closed_and_keeps_counts_only():
    at = open_part(opened(district()).run(), "concerns", TEAM)
    for number in range(5):
        answer_once(at, number, *(["relief"] if number < 2 else []))
        assert not at.get("plotly_chart") and "2 of" not in text(at)
        assert widget(at, "button", "close_check_in").disabled == (number < 4)
        assert not any(box.value for box in at.checkbox if box.key.startswith("sign_"))
    kept = record(at, CheckInRecord).counts
    assert kept.answers == 5 and kept.yes["relief"] == 2 and set(vars(kept)) == {"answers", "yes"}
    open_part(at, "concerns", SIGNS_PART)
    assert "of 5 said yes" not in text(at)
    open_part(at, "concerns", TEAM)
    widget(at, "button", "close_check_in").click().run()
    assert len(at.get("plotly_chart")) == 1
    open_part(at, "concerns", SIGNS_PART)
    assert "Team check-in: 2 of 5 said yes." in text(at)


def test_a_new_check_in_stands_beside_the_earlier_ones():
    """Two of five said yes in May and four of eight in October: 40 and 50 percent."""
    at = opened(district())
    bring(at, EarlierCheckIns(((date(2026, 5, 4), CheckIn(5, dict.fromkeys(QUESTIONS, 2))),)))
    bring(at, CheckInRecord(CheckIn(8, dict.fromkeys(QUESTIONS, 4)), closed=True, day=date(2026, 10, 5)))
    open_part(at.run(), "concerns", TEAM)
    told = text(at)
    assert "From one check-in to the next" in told and "40% (2 of 5)" in told and "50% (4 of 8)" in told
    assert told.index("May 4, 2026") < told.index("October 5, 2026")
    widget(at, "button", "new_check_in").click().run()
    assert record(at, CheckInRecord) == CheckInRecord()
    assert len(at.get("plotly_chart")) == 1, "the earlier counts stay below the questions"
    assert [day for day, _ in record(at, EarlierCheckIns).rounds] == [date(2026, 5, 4), date(2026, 10, 5)]
    open_part(at, "concerns", SIGNS_PART)
    assert "Team check-in: 4 of 8 said yes." in text(at), "the newest that is closed counts while a new one is open"


def test_a_link_is_offered_only_where_a_server_asks_for_sign_in():
    at = open_part(opened(district()), "concerns", TEAM)
    assert widget(at, "radio", "check_in_way").options == [check_in_panel.HERE, check_in_panel.PAPER]


def test_every_sign_has_words_for_what_it_takes_and_its_published_figures_exist():
    assert set(ten_warning_signs.MISSING) == {sign.id for sign in SIGNS}
    assert {id for ids in ten_warning_signs.BESIDE.values() for id in ids} <= set(benchmarks())


def test_published_figures_say_their_force_and_source():
    said = ten_warning_signs.beside(benchmarks()["survey-unmanageable"])
    assert "60% of practitioners" in said or "60%" in said
    assert "second-hand" in said and "Seruya and Garfinkel" in said


def test_whoever_answers_is_promised_what_the_data_sheet_says_and_no_more():
    """The promise of the page, the data sheet and the decision name the same: what is kept, who sees it, what nobody can prevent."""
    docs = Path(__file__).parents[2] / "docs"
    sheet = " ".join((docs / "DATA_SHEET.md").read_text(encoding="utf-8").split())
    kept = " ".join((docs / "decisions" / "what-is-kept.md").read_text(encoding="utf-8").split())
    promise = " ".join(check_in_form.PROMISE)
    assert FEWEST_ANSWERS == 5 and "fewer than five" in sheet and "fewer than 5" in promise
    for who in ("lead", "administrator", "auditor"):
        assert f"the {who}" in promise and f"the {who}" in sheet
    assert "no time, no address" in kept and "no time and no address is kept" in promise
    assert 'only "fewer than five" or "at least five" is told' in kept and "sees only whether 5" in promise
    assert "deleted" in kept and "is deleted" in promise
    assert "said alike" in kept and "say so of everybody" in promise
    assert "may read the database" in kept and "database" in promise and "nobody can" not in promise
