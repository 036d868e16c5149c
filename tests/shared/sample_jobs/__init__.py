"""A room of the tests with one job, so that real worker processes have something to run."""
