"""Time study: where do the hours really go?"""

from dashboard.parts import log_people, sections, widgets
from dashboard.screens.people.time_study import (
    bring_in_a_log,
    model_and_log,
    random_moments_panel,
    study_head,
    use_as_our_standards,
    where_the_hours_go,
)

LOG, HOURS, MODEL, STANDARDS, MOMENTS = (
    "Bring in a log",
    "Where the hours go",
    "Model and log",
    "Use as our standards",
    "Random moments",
)

answer = widgets.need_answer(
    "Where do the hours really go?",
    "logged hours by activity, paid and unpaid, beside the plans.",
)
study = answer.time_study
labels = log_people.labels_for(answer, answer.roster.time_log["therapist"].dropna())

study_head.head(study, LOG, MODEL)
part = sections.part([LOG, HOURS, MODEL, STANDARDS, MOMENTS], "study_part", {True: LOG, False: HOURS}[study.is_empty])
if part == LOG:
    bring_in_a_log.show(labels, study)
elif part == HOURS:
    where_the_hours_go.results(answer, labels)
elif part == MODEL:
    model_and_log.model(answer, labels)
elif part == STANDARDS:
    use_as_our_standards.show(answer, labels)
else:
    random_moments_panel.show(answer, labels)
