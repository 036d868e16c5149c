"""Rules of the village assessment (PKD): usual rows, seasons, outlines, diagrams, progress. Pure."""
