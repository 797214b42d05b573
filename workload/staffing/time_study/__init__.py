"""A time study: where the hours really go."""
