"""The concerns screen."""
