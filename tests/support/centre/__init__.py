"""What the tests of a centre share."""
