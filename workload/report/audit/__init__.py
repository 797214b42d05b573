"""The audit workbook: the whole calculation as live formulas, each written with the value the library computed."""
