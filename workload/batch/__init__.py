"""Many districts in one run: each is read and answered as by itself, and none stops the others."""
