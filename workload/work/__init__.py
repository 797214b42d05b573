"""From a roster to hours: lines in force, minutes, events, travel, capacity."""
