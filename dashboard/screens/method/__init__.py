"""The method screen."""
