"""The pages of priorities and of the village budget."""
