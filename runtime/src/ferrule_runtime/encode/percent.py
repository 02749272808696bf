"""Text as it may stand in a URL: percent-encoded UTF-8, with a quick way for what is plain."""

import re

is_plain = re.compile(r"[A-Za-z0-9_.~-]*").fullmatch
_NAMES: dict[str, str] = {}
_MOST_NAMES = 4096


def quoted(text: str, safe: str = "") -> str:
    """Everything but letters, digits and `-._~` encoded. Raises ValueError for a lone surrogate."""
    if is_plain(text):
        return text
    from urllib.parse import quote  # which most calls do without

    try:
        return quote(text, safe=safe)
    except UnicodeEncodeError:
        pass
    # Raised out here: the encoder's own error holds the whole text.
    raise ValueError("holds a lone surrogate, which is not text")


def quoted_name(name: str) -> str:
    """A parameter's name, encoded once: specs use the same few all the time."""
    encoded = _NAMES.get(name)
    if encoded is None:
        encoded = quoted(name)
        if len(_NAMES) < _MOST_NAMES:
            _NAMES[name] = encoded
    return encoded
