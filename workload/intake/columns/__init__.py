"""Which column is which: headings, values, known exports."""
