"""Rules of guidance: state tables, checklists, scores and terms of each craft."""
