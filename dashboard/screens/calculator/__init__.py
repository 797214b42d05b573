"""The calculator screen."""
