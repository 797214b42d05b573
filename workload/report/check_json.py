"""The JSON of `python -m workload check`: what was understood of every file, and what only a person can settle.

It answers for every file that can be given, also where questions are open or an error stops the calculation. What it
is given is intake's: `Loaded`, its `FileReport`, `SheetReport` and `TableReport`, and its `Question`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set

from workload.answer import Answer
from workload.intake.answers.findings import Question
from workload.model.column_fates import ASKED, FATE_WORDS
from workload.model.issues import ordered
from workload.premises.premise_list import premises_of
from workload.report.answer_json import premise_data, refusal_json
from workload.report.plain_data import Data, as_data, record_data

READ, SKIPPED, WAITING = "read", "skipped", "waiting"
OPEN = "open"
Required = Callable[..., Mapping[str, float | None]]


def check_json(loaded, answer: Answer | None = None, required: Required | None = None) -> dict[str, Data]:
    """What intake understood: files with their sheets and columns, questions, rows by fate, premises, issues.

    answer    the answer of the same roster, which knows what the day leaves out; None where an error stops it
    required  a question -> required FTE of the district under each of its choices; None where nothing is worked out
    """
    asked = {question.key for question in loaded.questions}
    effects = {question.key: dict(required(question)) if required else {} for question in loaded.questions}
    counts = answer.row_counts if answer else loaded.roster.row_counts
    return {
        **refusal_json(answer.issues if answer else ordered(loaded.roster.issues), loaded.roster, counts),
        "day": as_data(answer.day) if answer else None,
        "rows_waiting": loaded.roster.known.rows_waiting,
        "questions_open": loaded.roster.known.questions,
        "files": [_file(report, asked) for report in loaded.files],
        "sheets": as_data(counts),
        "questions": [_question(question, effects[question.key]) for question in loaded.questions],
        "premises": [
            *(_premise(question, effects[question.key], answer) for question in loaded.questions),
            *(premise_data(premise) for premise in (premises_of(answer) if answer else ())),
        ],
    }


def _file(report, asked: Set[str]) -> dict[str, Data]:
    return {
        "file": report.name,
        "kind": report.kind,
        "fate": "refused" if report.refusal else READ,
        "refusal": as_data(report.refusal),
        "sheets": [_sheet(sheet, asked) for sheet in report.sheets],
    }


def _sheet(sheet, asked: Set[str]) -> dict[str, Data]:
    """One sheet with its fate: read as tables, or skipped for a reason."""
    return {
        "sheet": sheet.name,
        "visible": sheet.visible,
        "fate": READ if sheet.tables else SKIPPED,
        "reason": sheet.skipped or None,
        "recognized": _recognized(sheet.recognized),
        "tables": [_table(table, asked) for table in sheet.tables],
    }


def _table(table, asked: Set[str]) -> dict[str, Data]:
    """One table of a sheet: where its headings stand, every column with meaning, certainty and fate, its rows."""
    dropped = dict(table.sensitive)
    columns = [_column(column, table, asked, dropped) for column in table.fates if column.heading]
    return {
        "table": table.table,
        "header_row": table.header_row,
        "header_rows": table.header_rows,
        "fingerprint": table.fingerprint,
        "recognized": _recognized(table.recognized),
        "students": table.students,
        "columns": columns,
        "rows": as_data(table.rows),
    }


def _column(column, table, asked: Set[str], dropped: Mapping[str, str]) -> dict[str, Data]:
    """One column with its meaning, how sure that is, its fate, why, and what else it could be."""
    is_asked = column.fate == ASKED or f"column:{table.fingerprint}:{column.heading}" in asked
    return {
        "column": column.letter,
        "heading": column.heading,
        "meaning": column.name or None,
        "certainty": column.sure or None,
        "fate": WAITING if is_asked else column.fate,
        "reason": dropped.get(column.heading) or FATE_WORDS.get(column.fate),
        "alternatives": list(column.others),
        "samples": list(column.samples),
    }


def _recognized(recognized) -> Data:
    """A known report by its name, and how sure that is."""
    return recognized and {"name": recognized.preset.name, "certainty": recognized.sure}


def _question(question: Question, effects: Mapping[str, float | None]) -> dict[str, Data]:
    """One open question; each choice with the district's required FTE under it, null where it was not worked out."""
    return {
        **record_data(question),
        "applied": question.applied or None,
        "suggestion": question.suggestion or None,
        "choices": [
            {"choice": choice, "label": label, "required_fte": as_data(effects.get(choice))}
            for choice, label in question.choices
        ],
        "rows": [{"file": file, "sheet": sheet, "row": row} for file, sheet, row in question.rows],
    }


def _premise(question, effects: Mapping[str, float | None], answer: Answer | None) -> dict[str, Data]:
    """What the answer rests on as long as a question is open: how far its choices move the district."""
    known = [fte for fte in effects.values() if fte is not None]
    available = float(answer.district["available_fte"]) if answer else None
    required = (min(known), max(known)) if known else (None, None)
    gap = (available - max(known), available - min(known)) if known and available is not None else (None, None)
    return {
        "id": question.key,
        "state": OPEN,
        "text": question.message,
        "touches": len(question.rows),
        "required_fte": as_data(dict(zip(("low", "high"), required, strict=True))),
        "gap_fte": as_data(dict(zip(("low", "high"), gap, strict=True))),
        "action": "Answer the question.",
    }
