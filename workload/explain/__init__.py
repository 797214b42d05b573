"""Why? Every figure opened to its formula, inputs, assumptions and rows."""
