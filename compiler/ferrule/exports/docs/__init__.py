"""Writes reference pages of connectors: a static site that needs no network, and Markdown."""

from __future__ import annotations

from ferrule.exports.docs.gather import reference_of
from ferrule.exports.docs.site import site_files

__all__ = ["reference_of", "site_files"]
