"""Tests of a centre with a real identity provider, a real Postgres and a real browser."""
