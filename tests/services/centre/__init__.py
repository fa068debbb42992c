"""Tests of services/centre."""
