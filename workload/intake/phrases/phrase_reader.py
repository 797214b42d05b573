"""The frequency phrase reader: what one cell of a roster says about a service.

``read_phrase`` reads a text, ``read_phrase_cell`` a cell as Excel delivers it. Both always answer with a
``Reading``; a cell that cannot be read is a reading too (grade C or D), never an exception and never a guess.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from workload.intake.phrases.bounds import sanity_notices
from workload.intake.phrases.excel_values import cell_tokens
from workload.intake.phrases.meanings import Choice, Part, PhraseContext, Reading, grade_of
from workload.intake.phrases.questions import Asker, LeftOut, Unanswered
from workload.intake.phrases.tokens import tidy, tokens_of
from workload.intake.phrases.weekdays import in_cycle, part_of_cycle
from workload.intake.phrases.whole_cell import read_tokens

Outcome = tuple[tuple[Part, ...], str]  # the parts and the leftover words
Interpret = Callable[[Asker], Outcome]

NO_CONTEXT = PhraseContext()


def read_phrase(text: str | None, *, context: PhraseContext = NO_CONTEXT) -> Reading:
    """The reading of one phrase. ``None`` and blank texts are grade D."""
    text = "" if text is None else str(text)
    key = tidy(text)
    return answered(text, key, context, lambda asker: _read(key, asker))


def _read(key: str, asker: Asker) -> Outcome:
    """The parts of a phrase; "for 3 out of 4 weeks" makes weekly parts those of a longer cycle."""
    cycle = part_of_cycle(key)
    if cycle:
        rest, weeks, name = cycle
        parts, leftovers = read_tokens(tokens_of(rest), rest, asker)
        longer = in_cycle(parts, weeks, name)
        if longer is not None:
            return longer, leftovers
    return read_tokens(tokens_of(key), key, asker)


def read_phrase_cell(value: object, *, context: PhraseContext = NO_CONTEXT) -> Reading:
    """The reading of a cell that may hold a text, a number, a time, a duration or a date.

    Excel stores 0:30 as a time and turns 1-2 into the second of January; both are questions, not minutes.
    """
    shown, tokens = cell_tokens(value)
    key = tidy(shown)
    if isinstance(value, str) and part_of_cycle(key):
        return read_phrase(value, context=context)
    return answered(shown, key, context, lambda asker: read_tokens(tokens, key, asker))


def answered(text: str, key: str, context: PhraseContext, interpret: Interpret) -> Reading:
    """Run an interpretation. An open question becomes a C reading; its choices show where they lead."""
    reading = _once(text, key, context, interpret)
    reading = _replaced(reading, context)  # what was typed for this very cell says more than the answer for all
    if reading.grade != "C" or reading.question_kind is None:
        return reading
    choices = []
    for choice in reading.choices:
        follow = _once(text, key, context.with_answer(reading.question_kind, choice.key), interpret)
        choices.append(replace(choice, parts=follow.parts))
    return replace(reading, choices=tuple(choices))


def _once(text: str, key: str, context: PhraseContext, interpret: Interpret) -> Reading:
    asker = Asker(context, key)
    try:
        parts, leftovers = interpret(asker)
    except Unanswered as missing:
        choices = tuple(Choice(option, label, ()) for option, label in missing.options.items())
        return Reading(
            text,
            "C",
            (),
            missing.question,
            choices,
            missing.leftovers,
            tuple(asker.notices),
            missing.kind,
            key,
        )
    except LeftOut:
        asker.notice("The minutes are left out; the student still counts.")
        return Reading(text, "D", notices=tuple(asker.notices), key=key)
    notices = (*asker.notices, *sanity_notices(parts))
    return Reading(text, grade_of(parts), parts, leftovers=leftovers, notices=notices, key=key)


def _replaced(reading: Reading, context: PhraseContext) -> Reading:
    """An answer kept for this very cell may be the phrase that it should have been."""
    instead = context.answers.get(reading.key) if reading.key else None
    if not instead or tidy(instead) == reading.key:
        return reading
    others = {kind: answer for kind, answer in context.answers.items() if kind != reading.key}
    corrected = read_phrase(instead, context=replace(context, answers=others))
    if corrected.grade not in ("A", "B"):
        return reading
    note = f'Read as "{instead}", as answered.'
    return replace(corrected, text=reading.text, key=reading.key, notices=(note, *corrected.notices))
