"""The annual guidance plan, the commitments behind it, and the monthly report of a facilitator."""
