"""Rules of work without a network: the text that is signed, sealing, states of an envelope, kinds of records."""
