"""What a frequency cell promises: four facts, how sure they are, and the question where they are not."""
