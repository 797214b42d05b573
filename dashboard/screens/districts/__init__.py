"""The page of many districts."""
