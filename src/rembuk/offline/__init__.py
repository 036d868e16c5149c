"""Work without a network: packages go out, envelopes come back, nothing is lost and nothing counts twice."""
