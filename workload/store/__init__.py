"""A district's memory: what is kept of it, by whom it was changed, and who may see it. Knows nothing of pages."""
