"""The path of one therapist without a roster: from a pasted list to the letter, and back from a file."""

from dashboard.screens.calculator.path_record import STEPS, PathRecord
from tests.dashboard.support import app, record
from tests.dashboard.test_journeys import visit, widget
from workload.one_week.own_case import OTA, Case
from workload.one_week.week_grid import Grid
from workload.one_week.week_roster import Duties, Entry, Service

TEXT = "14 students: 2 x 30 min weekly\nAnna Berg 30 min weekly\n5 students 1x30\n8 students: 30 min monthly consult"


def begun():
    at = visit(app().run(), "calculator")
    widget(at, "text_area", "my_list").set_value(TEXT)
    return press(at, "Read the list")


def press(at, label: str):
    at = next(each for each in at.button if each.label == label).click().run()
    assert not at.exception and not at.error
    return at


def words(at) -> str:
    return "\n".join(
        each.value for kind in ("markdown", "caption", "html") for each in at.get(kind) if hasattr(each, "value")
    )


def test_from_a_list_to_the_letter():
    at = begun()
    kept = record(at, PathRecord)
    assert [line.students for line in kept.lines] == [14, 1, 5, 8]
    assert "Anna" not in repr(kept)
    assert widget(at, "text_area", "my_list").value == ""
    widget(at, "selectbox", "my_ask_period-missing_0").set_value("week").run()
    widget(at, "checkbox", "my_tick_assigned_duty_0").check().run()
    assert record(at, PathRecord).ticked == {"assigned_duty": 1.25}
    at = press(at, "Next: my study")
    at = press(at, "Put it in the grid")
    assert record(at, PathRecord).grid.slots
    at = press(at, "Next: warning signs")
    widget(at, "checkbox", "my_sign_exhaustion_0").check().run()
    at = press(at, "Next: my case")
    widget(at, "selectbox", "my_state").set_value("WI").run()
    widget(at, "checkbox", f"my_lever_{OTA}_0").check().run()
    kept, said = record(at, PathRecord), words(at)
    assert not at.exception and kept.levers == {OTA} and kept.signs == {"exhaustion"}
    assert "I serve 28 students" in said and "PI 11" in said and "I am too tired" in said


def test_each_step_has_one_primary_button_and_the_first_one_is_reading_the_list():
    def primary(at) -> list[str]:
        return [each.label for each in at.button if each.proto.type == "primary"]

    assert primary(visit(app().run(), "calculator")) == ["Read the list"]
    at = begun()
    widget(at, "selectbox", "my_ask_period-missing_0").set_value("week").run()
    assert primary(at) == ["Next: my study"]
    assert primary(press(at, "Next: my study")) == ["Next: warning signs"]


def test_what_is_open_is_told_where_the_letter_is():
    at = begun()
    widget(at, "radio", "step").set_value(STEPS[3]).run()
    assert any("5 students of your list are not counted yet" in each.value for each in at.warning)


def test_the_week_stays_when_a_district_is_opened_beside_it():
    at = begun()
    visit(at, "home")
    press(at, "Open the sample district")
    visit(at, "calculator")
    assert len(record(at, PathRecord).lines) == 4


def test_a_line_can_be_taken_out_and_everything_begun_anew():
    at = begun()
    widget(at, "button", "my_remove_line_1_0").click().run()
    assert [line.students for line in record(at, PathRecord).lines] == [14, 5, 8]
    press(at, "Start anew")
    kept = record(at, PathRecord)
    assert (kept.lines, kept.kept_entries, kept.duties, kept.grid) == ((), (), Duties(), Grid())


def test_no_caseload_is_no_case():
    at = app()
    at.query_params["step"] = STEPS[3]
    at = visit(at.run(), "calculator")
    assert any("step 1" in each.value for each in at.info) and not at.exception
    assert Case((Entry(1, (Service(30, 1),)),)).students == 1
