"""Pembinaan: one sub-package a craft, from training to the annual plan."""
