"""Pages of teams, the RPJM register, the plan grid, items, the way to the Perdes, and what the public reads."""
