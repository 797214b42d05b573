"""The premises screen."""
