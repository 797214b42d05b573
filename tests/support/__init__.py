"""What tests share: rosters made from a seed, ways to write them as workbooks."""
