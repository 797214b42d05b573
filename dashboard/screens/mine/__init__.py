"""What a therapist and a reader see of a district on a server: the own week, and what a board may see."""
