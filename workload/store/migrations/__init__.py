"""The store's schema from its first version to the newest."""
