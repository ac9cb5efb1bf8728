"""Quality and speed, measured; never part of the tests."""
