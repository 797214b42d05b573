"""The deck: a board presentation whose charts and tables stay native and editable."""
