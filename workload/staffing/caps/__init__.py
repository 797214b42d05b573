"""Limits of the rules in force, and who is over them."""
