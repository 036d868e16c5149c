"""Pages of the sectors."""
