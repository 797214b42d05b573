"""One spelling for each school and each person."""
