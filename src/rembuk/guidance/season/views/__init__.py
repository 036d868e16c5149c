"""Pages of the season."""
