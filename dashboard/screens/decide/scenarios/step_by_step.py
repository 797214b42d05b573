"""Step by step: today, each lever alone, and the scenario; a pilot beside the rest; schools before and after."""

from __future__ import annotations

import pyarrow as pa
import streamlit as st

from dashboard.parts import chart_links, finding, small_schools, widgets
from dashboard.parts.safe_text import plain, safe
from dashboard.parts.status_line import is_provisional
from dashboard.screens.decide.scenarios import open_scenarios, scenario_words
from dashboard.screens.decide.scenarios.scenario_parts import TABLE, added_up, compared
from dashboard.shell import cached, session
from dashboard.shell.guard import guarded
from workload.answer import Answer
from workload.figures.scenario_charts import schools_before_after

STEPS_ALT = "Today, each lever alone, what they do together, and the scenario"


@st.fragment(key=TABLE)
@guarded
def steps(answer: Answer) -> None:
    """The column that adds up, and the schools before and after."""
    now = open_scenarios.board(answer)
    comparison = compared(answer, now)
    if comparison is None:
        return
    with st.container(key="card_steps"):
        finding.title(
            "Today, each lever alone, and the scenario",
            "Every column adds up as it stands. Students are counted by their share of the work that moves.",
        )
        _table(scenario_words.steps_words(comparison.once(added_up)))
        mark = cached.digest(session.answer_key(), now.open, sorted(open_scenarios.prices().values.items()))
        widgets.downloads_of("scenario-steps", lambda: comparison.steps, "scenario_steps_exact", mark[:8])
    if comparison.pilot is not None:
        st.header("How does the pilot compare with the rest?", anchor=False)
        widgets.words_table(
            scenario_words.pilot_words(comparison.pilot),
            "Pilot schools and all others, before and after",
            "scenario_pilot",
            "pilot",
        )
    smallest = small_schools.masking()
    students = answer.once(_students)
    widgets.chart(
        schools_before_after(
            comparison.today.schools, comparison.scenario.schools, students, smallest, is_provisional(answer)
        ),
        "scenario_schools",
        opens=chart_links.school,
    )


def _table(words: dict[str, list[str]]) -> None:
    """A table of numbers as they are written. It goes to the screen as it is: a data frame would be checked cell by cell."""
    ready = pa.table(
        {name: [safe(text, 200) for text in texts] if name == "Step" else texts for name, texts in words.items()}
    )
    st.table(ready, border="horizontal", hide_index=True, alt=plain(STEPS_ALT))


def _students(answer: Answer) -> list[float]:
    """Caseload of each school, in the order of a scenario's schools."""
    return answer.schools.set_index("school")["caseload"].reindex(list(answer.demand.schools)).fillna(0.0).tolist()
