"""The annual guidance plan with its money, and the commitments behind it."""
