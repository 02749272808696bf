"""Calls a service from a spec: the package in memory, arguments as words, results as text."""
