"""The rebalance screen."""
