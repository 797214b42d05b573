"""What the state or the contract says on a day."""
