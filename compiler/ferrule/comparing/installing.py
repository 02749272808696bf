"""Compares what people import, and what they give to make a client."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ferrule.comparing.actions import compared_parameter
from ferrule.comparing.changes import Change, Grade
from ferrule.comparing.places import Places
from ferrule.comparing.surface import Surface
from ferrule.forms.shape import Shape

BREAKING, ADDITIVE, INTERNAL = Grade.breaking, Grade.additive, Grade.internal
_CLIENT = "client"


def compared_installation(old: Surface, new: Surface, places: Places) -> Iterator[Change]:
    """Every change of names to import, and of settings."""
    if old.package != new.package:
        message = f"the package is called {new.package} and no longer {old.package}"
        advice = f"install and import {new.package}"
        yield places.change(BREAKING, "package", message, "connector", advice=advice)
    if old.client != new.client:
        message = f"the client is called {new.client} and no longer {old.client}"
        advice = f"import {new.client}"
        yield places.change(BREAKING, "package", message, "connector", advice=advice)
    for name in old.init.keys() - new.init.keys():
        message, advice = f"the argument `{name}` is gone", f"stop passing `{name}`"
        path = ("settings", name)
        yield places.change(BREAKING, _CLIENT, message, *path, advice=advice, is_gone=True)
    for name, now in new.init.items():
        was = old.init.get(name)
        if was is not None:
            yield from compared_parameter(was, now, _CLIENT, places, "settings")
        elif name == "auth" and name not in new.settings:
            yield places.change(ADDITIVE, _CLIENT, "the kind of auth can be chosen", "auth")
    yield from _settings(old, new, places)


def _settings(old: Surface, new: Surface, places: Places) -> Iterator[Change]:
    for name, now in new.settings.items():
        path = ("settings", name)
        was = old.settings.get(name)
        if was is not None:
            yield from _setting(name, was, now, places)
        elif _must_be_given(places.new.spec.settings, name):
            advice = f"give it, or set {_word(now.get('env'))}"
            message = f"the setting `{name}` must be given"
            yield places.change(BREAKING, _CLIENT, message, *path, advice=advice)
        else:
            yield places.change(ADDITIVE, _CLIENT, f"a new setting `{name}`", *path)
    for name in old.settings.keys() & new.settings.keys():
        was_needed = _must_be_given(places.old.spec.settings, name)
        is_needed = _must_be_given(places.new.spec.settings, name)
        path = ("settings", name)
        if is_needed and not was_needed:
            message, advice = f"the setting `{name}` must be given", f"give `{name}`"
            yield places.change(BREAKING, _CLIENT, message, *path, advice=advice)
        elif was_needed and not is_needed:
            message = f"the setting `{name}` may be left out"
            yield places.change(ADDITIVE, _CLIENT, message, *path)


def _setting(
    name: str, old: Mapping[str, str], new: Mapping[str, str], places: Places
) -> Iterator[Change]:
    path = ("settings", name)
    if old.get("env") != new.get("env"):
        message = f"`{name}` is read from {_word(new.get('env'))}, not from {_word(old.get('env'))}"
        advice = f"set {_word(new.get('env'))}"
        yield places.change(BREAKING, _CLIENT, message, *path, advice=advice)
    if old.get("default") != new.get("default") and "default" in old and "default" in new:
        message = f"the default of `{name}` changed from {old['default']} to {new['default']}"
        advice = f"give `{name}` to keep what you had"
        yield places.change(BREAKING, _CLIENT, message, *path, advice=advice)
    for word, told in (("type", "type"), ("pattern", "pattern"), ("choices", "choices")):
        was, now = old.get(word), new.get(word)
        if was != now:
            grade = ADDITIVE if now is None else BREAKING
            message = f"the {told} of `{name}` changed from {was or 'none'} to {now or 'none'}"
            advice = "" if grade is ADDITIVE else f"look at what you give for `{name}`"
            yield places.change(grade, _CLIENT, message, *path, advice=advice)


def _must_be_given(settings: Mapping[str, Shape], name: str) -> bool:
    """Whether a setting has neither a default nor a mark that it may be left out."""
    shape = settings.get(name)
    if shape is None:
        return False  # `name?`
    has_default = shape.default is not None or (
        shape.word is not None and shape.word.default is not None
    )
    return not has_default


def _word(text: str | None) -> str:
    return (text or "nothing").strip("'\"")
