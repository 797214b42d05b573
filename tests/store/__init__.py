"""The store: what is kept, by whom it was changed, and who may see it."""
