"""Who may come in, and who changed what."""
