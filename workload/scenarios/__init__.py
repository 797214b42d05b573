"""What if: levers, scenarios, money, turnover."""
