"""From the answer to files that leave the screen: JSON, tables, workbooks."""
