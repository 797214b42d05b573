"""The time study screen."""
