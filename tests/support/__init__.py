"""Shared by the tests: sounds, words, stores, pages without a browser, and the app in a process of its own."""
