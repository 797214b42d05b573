"""One therapist's week without a roster: a caseload, duties, a log, warning signs, and what would make it fit."""
