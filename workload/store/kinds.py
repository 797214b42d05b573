"""Which records of the library may be kept, by the name under which they are kept, and where each is defined.

The list is closed: what was saved can make these records and nothing else. A record that moves to another module keeps
its name here, and so everything that was saved before.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "Roster": "workload.model.roster",
        "RowCount": "workload.model.roster",
        "Known": "workload.model.known",
        "Issue": "workload.model.issues",
        "Confirmation": "workload.model.confirmations",
        "Loaded": "workload.intake.load",
        "FileReport": "workload.intake.checks.import_report",
        "SheetReport": "workload.intake.checks.import_report",
        "TableReport": "workload.intake.checks.import_report",
        "Panel": "workload.intake.checks.file_totals",
        "Question": "workload.intake.answers.findings",
        "MappedColumn": "workload.intake.columns.mapped_column",
        "Recognized": "workload.intake.columns.presets",
        "Preset": "workload.intake.columns.presets",
        "Mark": "workload.intake.columns.presets",
        "Route": "workload.intake.columns.presets",
        "Refusal": "workload.intake.open.opened",
        "ImportMap": "workload.intake.answers.import_map",
        "Edits": "workload.intake.by_hand.corrected_cells",
        "Post": "workload.intake.typed_posts",
        "Scenario": "workload.scenarios.scenario",
        "SchoolCalendar": "workload.model.school_calendar",
        "Snapshot": "workload.year_ahead.snapshots",
        "TypedLog": "workload.staffing.time_study.log_edits",
        "LogEdit": "workload.staffing.time_study.log_edits",
        "Delivered": "workload.staffing.delivered.compliance",
        "CheckIn": "workload.staffing.concerns.check_in",
        "Ledger": "workload.report.corrections.ledger",
        "Change": "workload.report.corrections.returned_sheets",
        "Decision": "workload.report.corrections.returned_sheets",
    }
)
# What is never written, though a record holds it: contents of cells as they stand, the headings of a sheet that was not
# read (its first row may be a child's), and what can be worked out again.
NEVER: Mapping[str, frozenset[str]] = MappingProxyType(
    {"MappedColumn": frozenset({"samples"}), "SheetReport": frozenset({"headings", "proposal"})}
)
