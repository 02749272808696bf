"""How findings speak of text that they met."""

from __future__ import annotations

_LONGEST = 60


def said(text: str, longest: int = _LONGEST) -> str:
    """A text as a message shows it: the beginning of one that is long."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def with_fix(advice: str, text: str) -> str:
    """Advice with the text to write; advice alone where the text is too long to be read."""
    return f"{advice}: `{text}`" if len(text) <= _LONGEST else advice
