"""Pendampingan: visits, findings, recommendations, what was promised and done."""
