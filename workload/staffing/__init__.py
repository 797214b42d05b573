"""From hours to the answer: required and available full-time equivalents, gaps, ranges, methods."""
