"""Pages of people: getting in, one's own account, other people, many at once from a sheet."""
