"""Pages of a meeting held away from the server: taking it, the desk of the officer, the phones, the way home."""
