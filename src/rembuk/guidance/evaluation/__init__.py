"""The desk: evaluation of village documents by Camat or DPMD, and the village's self-check."""
