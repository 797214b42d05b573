"""The tables of a sheet as blocks of rows, with a fate for every other row, and what is said of the sheet."""
