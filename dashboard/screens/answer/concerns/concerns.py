"""Concerns: where is the danger?"""

from dashboard.parts import log_people, sections, widgets
from dashboard.screens.answer.concerns import check_in_panel, figures_from_elsewhere, log_and_model, ten_warning_signs

SIGNS, TEAM, DIFFERENCES, ELSEWHERE = "Warning signs", "Team check-in", "Log and model", "Figures from elsewhere"

answer = widgets.need_answer(
    "Where is the danger?",
    "ten warning signs, each with its evidence and what can be done.",
)
labels = log_people.labels_for(answer, answer.roster.time_log["therapist"].dropna())

basis = ten_warning_signs.evidence(answer)
found = ten_warning_signs.head(basis)
part = sections.part([SIGNS, TEAM, DIFFERENCES, ELSEWHERE], "concerns_part")
if part == SIGNS:
    ten_warning_signs.show(found, labels, basis)
elif part == TEAM:
    check_in_panel.show()
elif part == DIFFERENCES:
    log_and_model.show(answer, labels)
else:
    figures_from_elsewhere.elsewhere()
