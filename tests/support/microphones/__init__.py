"""Microphones for the tests: of a browser, of this machine, and scripted ones."""
