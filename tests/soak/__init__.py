"""Longer trials that try to break the store, run by hand: ``python -m tests.soak``."""
