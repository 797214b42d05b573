"""One cell: its text, the words it may hold, and its value."""
