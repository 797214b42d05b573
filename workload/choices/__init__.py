"""What if: scenarios, money, turnover, fair rebalancing, the year ahead."""
