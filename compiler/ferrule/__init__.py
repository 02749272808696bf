"""Ferrule compiles a YAML description of an HTTP API into a typed Python client package."""

__version__ = "0.1.0"
