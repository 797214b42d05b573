"""Many districts in one run."""
