"""The brief: accessible pages."""
