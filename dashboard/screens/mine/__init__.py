"""What a therapist and a reader see of a district on a server: their own week, and what a board may see."""
