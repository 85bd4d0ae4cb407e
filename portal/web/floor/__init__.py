"""The floor: lots, operations, counts of good, failed and scrapped."""
