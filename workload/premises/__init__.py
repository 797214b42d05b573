"""What an answer stands on: each premise with its state, and the status of the answer that follows."""
