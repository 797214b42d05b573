"""The parts of the invented Bluff County district: places, people, promises, and two ways to write them."""
