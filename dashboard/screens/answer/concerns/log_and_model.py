"""Log and model: the differences by size, each with an action, and each opened."""

from __future__ import annotations

import pandas as pd

from dashboard.parts import chart_links, widgets
from dashboard.screens.people.time_study import model_and_log
from dashboard.shell import navigation
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.figures.concern_charts import differences_ranked
from workload.model.words import hours
from workload.staffing.concerns.warning_signs import ACTIONS
from workload.staffing.time_study.model_against_log import LESS, MORE, areas_of_concern

# activity -> key of an action where more is logged than the model expects
ACTION_OF = {
    "evaluation_initial": "cover-evaluations",
    "reevaluation": "cover-evaluations",
    "meeting": "three-to-one",
    "documentation": "protect-planning",
    "planning": "protect-planning",
    "progress_report": "protect-planning",
    "travel": "redistribute",
    "makeup": "make-up",
    "direct": "add-ota",
    "consult": "regroup",
}


def show(answer: Answer, labels: Labels) -> None:
    """The ranked chart, the actions, and each difference opened."""
    areas = areas_of_concern(answer.time_study, answer.staffing) if not answer.time_study.is_empty else pd.DataFrame()
    widgets.chart(differences_ranked(areas), *chart_links.opening("ranked", "difference_opened"))
    if areas.empty:
        widgets.links((navigation.STUDY, "Bring in a time log"))
        return
    widgets.words_table(actions_table(areas), "What can be done where more was logged", "difference_actions")
    widgets.sentence(less_sentence(areas))
    model_and_log.difference_opened(answer, answer.time_study, areas, labels)


def actions_table(areas: pd.DataFrame) -> pd.DataFrame:
    """What can be done where an hour a week or more was logged beyond the model."""
    large = areas[(areas["sign"] == MORE) & (areas["difference_hours"] >= 1)]
    return pd.DataFrame(
        {
            "More was logged than the model expects": large["label"],
            "Hours a week": [f"+{hours(each)}" for each in large["difference_hours"]],
            "What can be done": [
                f"Measure the standard under Time study. {ACTIONS[ACTION_OF.get(code, 'year-ahead')]}"
                for code in large["activity"]
            ],
        }
    )


def less_sentence(areas: pd.DataFrame) -> str:
    """What it may mean that less was logged, for the activities with an hour a week or more."""
    large = areas[(areas["sign"] == LESS) & (areas["difference_hours"] <= -1)]
    if large.empty:
        return ""
    listed = "; ".join(f"{row['label']} (−{hours(-row['difference_hours'])} hours)" for _, row in large.iterrows())
    return (
        f"Less was logged than the model expects: {listed}. Either it comes at another time of the year, or it is not being "
        "done. Ask the people who logged; delivered minutes show whether students miss it."
    )
