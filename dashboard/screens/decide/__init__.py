"""The decide screen."""
