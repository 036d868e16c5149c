"""Pages of meetings: each reads its form, calls one service, and answers."""
