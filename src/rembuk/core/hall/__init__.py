"""Rules of a meeting held away from the server: its signed package, its slips for a quiet vote."""
