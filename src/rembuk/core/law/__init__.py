"""The law as dated data: every number with its day, its article and how sure we are of it."""
