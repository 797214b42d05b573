"""From cells to typed rows, each with its fate."""
