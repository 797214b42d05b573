"""The delivered screen."""
