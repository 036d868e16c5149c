"""Pages of the desk of evaluations."""
