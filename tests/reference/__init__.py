"""A second implementation of the calculation, used by tests as an oracle. See README.md."""
