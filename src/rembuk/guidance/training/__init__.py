"""Pelatihan: needs, batches, tests, certificates."""
