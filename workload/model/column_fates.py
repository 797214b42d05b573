"""What becomes of a column of an uploaded sheet, and the words for it."""

from __future__ import annotations

# What becomes of a column.
READ = "read"
OTHER_SERVICE = "other-service"
DELIVERED = "delivered"
PERSONAL = "personal"
UNNEEDED = "not-needed"
REPEATS = "repeats"
SECOND = "another-was-read"
ASKED = "asked"
UNKNOWN = "not-understood"
EMPTY = "empty"
LEFT_OUT = "left-out"
TOTAL_OF = "total-of-others"
CEILING = "ceiling"
FATE_WORDS = {
    CEILING: "a ceiling (the most there may be), which is not a size and is not counted",
    OTHER_SERVICE: "about another service",
    DELIVERED: "about what was delivered, not about what is promised",
    PERSONAL: "personal data that is never read",
    UNNEEDED: "not needed for the workload",
    REPEATS: "the same as a column that is read",
    SECOND: "another column says the same more clearly",
    ASKED: "not understood; it may matter, so it is asked",
    UNKNOWN: "not understood",
    EMPTY: "empty",
    LEFT_OUT: "left out, as answered",
    TOTAL_OF: "the total of other columns",
}
