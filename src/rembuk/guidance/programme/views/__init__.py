"""Pages of the annual plan and its commitments."""
