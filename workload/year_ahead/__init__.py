"""The year ahead: weeks, what waits, next year, earlier months."""
