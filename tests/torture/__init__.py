"""Stress tests: killed processes, concurrent writers, bad input, full disks, load, no network."""
