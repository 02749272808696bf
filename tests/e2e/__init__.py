"""Specs compiled, imported and called as their users would, against services on loopback."""
