"""What several screens share: charts, tables, filters, words."""
