"""Lists as villages make them, read row by row: proposals, ceilings, scores and last year's plan."""
