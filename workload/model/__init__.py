"""What everything else is said in: columns, roster, parameters, the school year, units, issues, names as codes."""
