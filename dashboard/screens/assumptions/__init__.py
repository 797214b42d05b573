"""The assumptions screen."""
