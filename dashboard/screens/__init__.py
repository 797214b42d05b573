"""One folder for each place of the product; the address is the folder."""
