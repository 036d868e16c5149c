"""The season's schedule: teams, windows, travel, plans, repairs."""
