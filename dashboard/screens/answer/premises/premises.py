"""What the answer stands on: every premise, its state, what it would change, and how to settle it."""

from dashboard.parts import widgets
from dashboard.screens.answer.premises import premise_rows

answer = widgets.need_answer(
    "What does the answer stand on?",
    "what the file gave, what is assumed, and what each would change.",
)
premise_rows.show(answer)
