"""Names for models: those of the document, shortened as far as they stay clear; new ones for what
has none, where equal things share one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ferrule import naming
from ferrule.imports.openapi.english import is_plural, singular, snake

_LONGEST_NEW = 48
_SPLIT = re.compile(r"[./:\\]|::")
_TITLE = re.compile(r"[A-Za-z][A-Za-z0-9 _-]{1,38}")
_GENERIC = re.compile(r"`[0-9]+")
_NOISE = frozenset(("data", "attributes", "items", "value", "values", "properties", "object"))


def class_name(text: str) -> str:
    """A name as a class: ASCII, upper case first; empty where nothing is left of it."""
    found = naming.class_name(_GENERIC.sub("", text)) if text.isascii() else ""
    if re.fullmatch(r"[A-Z][A-Za-z0-9]*", found):
        return found
    return "".join(part[:1].upper() + part[1:] for part in snake(text).split("_"))


class ModelNames:
    """Hands out names of models, each once; names that differ in case only count as one."""

    def __init__(self, connector_class: str) -> None:
        own = (connector_class, f"Async{connector_class}")
        errors = (f"{connector_class}Error", f"{connector_class}StatusError")
        self._taken = {name.lower() for name in (*naming.ERROR_CLASSES, *own, *errors)}

    def is_free(self, name: str) -> bool:
        """Whether nothing is called so, whatever the case of its letters."""
        return bool(name) and name.lower() not in self._taken and name not in naming.KEYWORDS

    def take(self, candidates: Iterable[str]) -> str:
        """The first name that is free; the last with a number where none is."""
        name = "Model"
        for candidate in candidates:
            if not candidate:
                continue
            name = candidate
            if self.is_free(name):
                break
        else:
            stem, number = name, 2
            if not self.is_free(f"{stem}Model") or name == "Model":
                while not self.is_free(name):
                    name, number = f"{stem}{number}", number + 1
            else:
                name = f"{stem}Model"
        self._taken.add(name.lower())
        return name


def component_candidates(name: str) -> list[str]:
    """Names for a schema that has one: its last part, then more of it."""
    parts = [part for part in _SPLIT.split(name) if part] or [name]
    return [class_name("_".join(parts[-size:])) for size in range(1, len(parts) + 1)]


def inline_candidates(hint: Sequence[str], title: str | None) -> list[str]:
    """Names for something without one: its title, its owner and field, then the whole way to it."""
    found: list[str] = []
    if title and _TITLE.fullmatch(title) and len(title.split()) <= 4:
        found.append(class_name(title))
    words = _words_of(hint)
    if len(words) == 1:
        found.append(words[0])
    for size in (2, 3):
        if len(words) > size - 1:
            found.append(_cut("".join([words[0], *words[-size + 1 :]])))
            found.append(_cut("".join(words[-size:])))
    found.append(_cut("".join(words)))
    return [name for name in found if name] or ["Model"]


def _words_of(hint: Sequence[str]) -> list[str]:
    """The steps of a way as words of a class name."""
    words: list[str] = []
    for step in hint:
        if step in ("[]", "{}") or step.startswith("["):
            if words and is_plural(snake(words[-1])):
                words[-1] = class_name(singular(snake(words[-1])))
            elif words and step != "{}":
                words.append("Item")
            continue
        if step.startswith("|"):
            words.append(f"Option{step[1:]}")
            continue
        name = class_name(step)
        if not name:
            continue
        says_no_more = words and name.lower() in (words[-1].lower(), f"{words[-1].lower()}s")
        if says_no_more or (words and name.lower() in _NOISE and step != hint[-1]):
            continue
        words.append(name)
    return words or ["Model"]


def _cut(name: str) -> str:
    """A name that is not longer than a line bears: words in its middle are left out."""
    if len(name) <= _LONGEST_NEW:
        return name
    words = re.findall(r"[A-Z][a-z0-9]*|[A-Z]+(?![a-z])", name)
    while len("".join(words)) > _LONGEST_NEW and len(words) > 3:
        del words[len(words) // 2]
    return "".join(words)[:_LONGEST_NEW]
