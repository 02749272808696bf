"""Types of formats: httpbin."""

from __future__ import annotations

from ferrule_runtime.models import Model


class Slideshow(Model):
    """Slideshow."""

    title: str
    author: str
    date: str
    slides: list[Slide]


class Slide(Model):
    """Slide."""

    title: str
    type: str
    items: list[str] | None = None
