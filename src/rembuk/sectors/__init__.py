"""Sideways to the sectors (OPD): technical support requests."""
