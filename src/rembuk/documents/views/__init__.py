"""Pages of the archive, of single papers, and the public check of a paper's code."""
