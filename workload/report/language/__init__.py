"""The sentences that carry the ask, by language."""
