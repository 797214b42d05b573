"""The year ahead screen."""
