"""From tables to charts: each function takes a table and returns a Plotly figure with its words."""
