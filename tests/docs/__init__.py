"""What writes pages of docs/, and the tests that keep them true."""
