"""Frozen values with no behaviour. Everything imports this package; it imports nothing of ours."""
