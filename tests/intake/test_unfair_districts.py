"""Districts written with headings that nobody planned for have the need that the second implementation works out."""

from random import Random

import openpyxl
import pytest

from tests.intake.rosters import SECRET
from tests.reference.calculation import answer as reference_answer
from tests.support.rosters import DAY, random_tables, write_workbook
from workload.answer import analyze
from workload.intake.load import load
from workload.model.issues import stops

CLOSE = 1e-9
# None of these stands in the table of declared names; some words of them stand in no vocabulary at all.
UNFAIR = {
    "Services": {
        "student_id": ("Kiddo ID", "SID", "Stdt Nbr", "Scholar Code"),
        "school": ("Attending Bldg", "Site served", "Svc Campus", "Where seen"),
        "therapist": ("Prov", "Helper", "Treating clinician", "Who sees"),
        "delivery": ("Svc model", "How served", "I/G/C"),
        "minutes_per_session": ("Tx min", "Mins each session", "Length of a visit", "Min. per sess."),
        "sessions": ("Number of times", "# of visits", "Sess #", "How many times"),
        "period": ("Per", "Freq unit", "Recurrence", "Zq"),
        "start": ("Svc From", "Begins on", "Effective dt"),
        "end": ("Svc Thru", "Stops on", "Expires"),
        "compensatory_minutes": ("Make-up min owed", "Comp mins outstanding"),
        "compensatory_due": ("Owed by date", "Comp svc deadline"),
        "iep_date": ("ARD due", "Next annual mtg"),
        "reeval_date": ("3-yr re-eval", "Tri-annual due"),
    },
    "Therapists": {
        "therapist": ("Clinician name", "Staff member", "Prov"),
        "role": ("Job title", "Classification", "Credentials"),
        "fte": ("Contract FTE", "F.T.E."),
        "mtss_hours": ("RTI/screening hrs per wk", "Tier 2 hours"),
        "named_duty_hours": ("Dept lead hrs", "Lead duty hours a week"),
    },
}


def rewritten(path, seed):
    """The workbook under other headings, its columns of services in another order."""
    draw, book = Random(seed), openpyxl.load_workbook(path)
    for name, headings in UNFAIR.items():
        columns = [list(column) for column in zip(*book[name].values, strict=True)]
        for column in columns:
            column[0] = draw.choice(headings[column[0]]) if column[0] in headings else column[0]
        draw.shuffle(columns)
        at = book.sheetnames.index(name)
        book.remove(book[name])
        sheet = book.create_sheet(name, at)
        for row in zip(*columns, strict=True):
            sheet.append(row)
    book.save(path)
    return path.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40))
def test_a_district_under_unfair_headings_agrees_with_the_reference(seed, tmp_path):
    tables = random_tables(seed, students=25)
    path = write_workbook(tables, tmp_path / "district.xlsx")
    right = reference_answer(path, DAY)["district"]
    loaded = load([("district.xlsx", rewritten(path, seed))], secret=SECRET)
    assert not stops(loaded.roster.issues), [question.message for question in loaded.questions]
    own = analyze(loaded.roster, DAY).district
    apart = {
        name: (float(own[name]), right[name])
        for name in ("required_fte", "caseload")
        if abs(float(own[name]) - right[name]) > CLOSE
    }
    assert not apart, apart
    about = {question.key for question in loaded.questions}
    assert about <= {"file:moved-lines", "file:two-schools"}, about  # both lines count until somebody answers
