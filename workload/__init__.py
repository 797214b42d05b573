"""Workload and staffing of school-based occupational therapy: rosters in, full-time equivalents out.

The rooms stand in the order in which data flows: `intake` reads files into a `Roster`, `work` turns a
roster into hours, `staffing` turns hours into an answer, `figures` and `report` show it. Importing this
package imports none of them.
"""

__version__ = "0.1.0"
METHOD = "wisn-itemized"
METHOD_DATE = "2026-11-29"
