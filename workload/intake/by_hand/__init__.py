"""What a person puts right by hand: cells, what the columns of a sheet are, and the file written back."""
