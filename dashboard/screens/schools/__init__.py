"""The schools screen."""
