"""The pages of facilitated forums."""
