"""What a person has decided or corrected, kept as small data."""
