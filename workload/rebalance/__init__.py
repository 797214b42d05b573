"""Fair rebalancing: who could serve what, with a proof."""
