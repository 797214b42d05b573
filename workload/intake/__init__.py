"""From the bytes of an uploaded file to a checked roster and a table of issues."""
