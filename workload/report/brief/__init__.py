"""The brief: one accessible page."""
