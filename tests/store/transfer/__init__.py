"""Tests of store/transfer/."""
