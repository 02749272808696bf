"""Reads the tree into a ConnectorSpec and tells every fault of its structure in plain words."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from ferrule.diagnostics import Replacement
from ferrule.diagnostics.nearness import is_clear
from ferrule.forms.fields import SYNTHETIC, Form, kind_of
from ferrule.forms.shape import Shape
from ferrule.forms.spec import Action, Auth, ConnectorSpec
from ferrule.forms.tree import Path
from ferrule.passes.check.context import Findings, did_you_mean, listed, nearest, quoted
from ferrule.passes.check.cutting import Cutting
from ferrule.passes.check.form_walk import Loc, Spot, keys_of, spot_at

_ROUNDS = 12
_KINDS = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "dict_type": "a map",
    "model_type": "a map",
    "model_attributes_type": "a map",
    "list_type": "a list",
}
_TAGS = {
    SYNTHETIC + "text": "text",
    SYNTHETIC + "plain": "a number",
    SYNTHETIC + "list": "a list",
    SYNTHETIC + "map": "a map",
}
_RANGES = {
    "greater_than_equal": "at least {ge}",
    "less_than_equal": "at most {le}",
    "string_too_short": "some text",
    "too_short": "at least one entry",
}
_CONTAINERS = (dict, list)
_SPECIAL = re.compile(r"\\(?:x|u|U|[0abtnvfre_NLP])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def read_spec(findings: Findings, data: dict[str, Any]) -> tuple[ConnectorSpec, tuple[Path, ...]]:
    """The spec without the parts that are wrong by themselves, and the paths of those parts.

    What is wrong is told; cutting it out lets the rest be checked in the same run.
    """
    cutting = Cutting(data)
    cutting.cut = [*_tell_blanks(findings, data), *_tell_control_characters(findings, data)]
    for number in range(_ROUNDS):
        try:
            spec = ConnectorSpec.model_validate(cutting.data)
        except ValidationError as error:
            faults: list[Any] = error.errors(include_url=False, include_input=False)
        else:
            findings.left = cutting.left
            return spec, tuple(path for path in cutting.cut if not _is_own_key(path))
        if number == 0:
            cutting.data = copy.deepcopy(data)
            _tell(findings, data, faults)
        cutting.cut_out([_culprit(fault) for fault in faults])
    raise AssertionError("a spec that stays wrong whatever is cut out of it")


def _culprit(fault: Any) -> Path:
    """What has to go for a fault to be gone: for a key that is missing, what misses it."""
    path = path_of(fault["loc"])
    return path[:-1] or path if fault["type"] == "missing" else path


def _is_own_key(path: Path) -> bool:
    return str(path[-1]).startswith("x-")


# --- telling ---


def _tell(findings: Findings, data: dict[str, Any], faults: list[Any]) -> None:
    missing: dict[Loc, list[str]] = {}
    unknown: dict[Loc, list[str]] = {}
    for fault in faults:
        loc: Loc = fault["loc"]
        if fault["type"] == "missing":
            missing.setdefault(loc[:-1], []).append(str(loc[-1]))
        elif fault["type"] == "extra_forbidden":
            unknown.setdefault(loc[:-1], []).append(str(loc[-1]))
            _tell_unknown_key(findings, data, loc)
        else:
            _tell_wrong_value(findings, data, fault)
    for loc, keys in missing.items():
        # A key that is there under a wrong name is told once, as an unknown key.
        meant = [nearest(key, keys) for key in unknown.get(loc, ())]
        lacking = [key for key in keys if key not in meant]
        if lacking:
            _tell_missing_keys(findings, data, loc, lacking)


def path_of(loc: Loc) -> Path:
    """The location without what pydantic and the forms put into it."""
    return tuple(part for part in loc if not str(part).startswith(SYNTHETIC))


def _label(spot: Spot, loc: Loc) -> str:
    """What a form is called in a message: its class where the key is the author's, else its key."""
    path = path_of(loc)
    if not path:
        return "a spec"
    if spot.form is Action:
        return "an action"
    if spot.form is Shape:
        return "a declaration of a field"
    named = [part for part in path if isinstance(part, str)]
    label = quoted(named[-1]) if named else "a spec"
    return f"an entry of {label}" if isinstance(path[-1], int) else label


def _tell_unknown_key(findings: Findings, data: dict[str, Any], loc: Loc) -> None:
    key, path = str(loc[-1]), path_of(loc)
    if key.startswith("x-"):
        return
    around = spot_at(loc[:-1], data)
    form = around.form or Form
    known = keys_of(form)
    message = f"{quoted(key)} is not a key of {_label(around, loc[:-1])}"
    advice, fix = _home_of(data, loc, key, form), None
    near = nearest(key, known) if advice is None else None
    if near is not None:
        advice = f"did you mean `{near}`?"
        span, clear = findings.tree.key_span(path), is_clear(key, near, known)
        fix = Replacement(span, near, clear and not findings.tree.key_is_quoted(path))
    findings.at_key("unknown-key", path, message, help=advice or _known_help(form), fix=fix)


def _home_of(data: dict[str, Any], loc: Loc, key: str, form: type[Form]) -> str | None:
    """Where a key would be right that is wrong here: further out, or one level in."""
    for size in range(len(loc) - 2, -1, -1):
        outer = spot_at(loc[:size], data)
        if outer.form not in (None, form, Shape) and key in keys_of(outer.form or Form):
            return f"{quoted(key)} is a key of {_label(outer, loc[:size])}: indent it less"
    for name, annotation in keys_of(form).items():
        inner = spot_at((name,), {name: {}}, form).form or annotation
        is_other = isinstance(inner, type) and issubclass(inner, Form) and inner is not Shape
        if is_other and key in keys_of(inner):
            return f"{quoted(key)} is a key of {quoted(name)}"
    return None


def _known_help(form: type[Form]) -> str:
    keys = [name for name in keys_of(form) if not name.endswith("?")]
    if len(keys) <= 14:
        return f"its keys are {listed(keys, 'and')}"
    return "a newer version may know it; a key of your own begins with `x-`"


def _tell_missing_keys(findings: Findings, data: dict[str, Any], loc: Loc, keys: list[str]) -> None:
    spot, path = spot_at(loc, data), path_of(loc)
    needs = listed(keys, "and")
    if path:
        findings.at_key("missing-key", path, f"{_label(spot, loc)} needs {needs}")
    else:
        findings.about_spec("missing-key", f"a spec needs {needs}")


def _tell_wrong_value(findings: Findings, data: dict[str, Any], fault: Any) -> None:
    kind, loc, facts = fault["type"], fault["loc"], fault.get("ctx") or {}
    path, spot = path_of(loc), spot_at(loc, data)
    if kind == "word":
        _tell_word(findings, path, facts)
    elif kind == "literal_error":
        message = f"{quoted(spot.value)} is not one of {listed(spot.words)}"
        advice = did_you_mean(str(spot.value), spot.words)
        findings.at_value("unknown-choice", path, message, help=advice)
    elif kind in _RANGES:
        message = f"expected {_RANGES[kind].format(**facts)}, met {quoted(spot.value)}"
        findings.at_value("out-of-range", path, message)
    else:
        _tell_wrong_kind(findings, path, spot, _expected(kind, facts))


def _expected(kind: str, facts: dict[str, Any]) -> str:
    if kind == "wrong_kind":
        return str(facts["expected"])
    if kind == "union_tag_invalid":
        tags = [tag for tag in _TAGS if repr(tag) in str(facts["expected_tags"])]
        return " or ".join(_TAGS[tag] for tag in tags)
    return _KINDS.get(kind, "another value")


def _tell_word(findings: Findings, path: Path, facts: dict[str, Any]) -> None:
    advice = facts["help"]
    if advice is None and facts["met"] and facts["candidates"]:
        advice = did_you_mean(facts["met"], facts["candidates"])
    if advice is None and facts["rule"] == "bad-place" and facts["wanted"]:
        advice = f"write {facts['wanted']}"
    if path[-1] == "by" or "type" in _map_at(findings.tree.data, path[:-1]):
        advice = _dot_hint(path) or advice
    span = findings.tree.inside(path, facts["start"], facts["end"])
    findings.at_span(facts["rule"], span, facts["message"], help=advice)


def _tell_wrong_kind(findings: Findings, path: Path, spot: Spot, expected: str) -> None:
    met = spot.value
    message = f"expected {expected}, met {kind_of(met)}"
    advice, fix = None, None
    if isinstance(met, int | float) and "text" in expected:
        raw = findings.tree.raw_text(path)
        advice = f'put it in quotes: `"{raw}"`'
        fix = Replacement(findings.tree.value_span(path), f'"{raw}"')
    elif isinstance(met, str) and _reads_as(met, expected) and findings.tree.is_quoted(path):
        advice = f"write it without quotes: `{met}`"
        fix = Replacement(findings.tree.value_span(path), met)
    elif isinstance(met, int | float) and "duration" in expected:
        advice = f"write `{met}s` for seconds"
    elif spot.owner is Shape and isinstance(met, int | float | bool):
        advice = _dot_hint(path)
    findings.at_value("wrong-type", path, message, help=advice, fix=fix)


def _map_at(value: Any, path: Path) -> dict[str, Any]:
    """The map at the path; an empty one where none stands."""
    for part in path:
        if isinstance(value, dict):
            value = value.get(str(part))
        elif isinstance(value, list) and isinstance(part, int):
            value = value[part]
    return value if isinstance(value, dict) else {}


def _reads_as(text: str, expected: str) -> bool:
    if "true or false" in expected:
        return text in ("true", "false")
    return "number" in expected and re.fullmatch(r"-?[0-9]+", text) is not None


def _dot_hint(path: Path) -> str | None:
    dotted = f".{path[-1]}"
    if dotted not in keys_of(Shape):
        return None
    is_case = len(path) > 1 and path[-2] == "returns"
    what = "a case" if is_case else "a field"
    return f"`{dotted}`, with a dot, is the option; `{path[-1]}` is {what} of that name"


# --- what pydantic does not see ---


def _is_any_value(spot: Spot) -> bool:
    from ferrule.forms.examples import Example

    return spot.owner in (Shape, Example) and spot.annotation is Any


def _tell_blanks(findings: Findings, data: dict[str, Any]) -> list[Path]:
    """Nulls and empty maps: pydantic takes them for keys that are not there. Their paths."""
    told: list[Path] = []
    for path in _blank_paths(data):
        spot = spot_at(path, data)
        if spot.is_value or _is_any_value(spot):
            continue
        if spot.value is None:
            expected = "a value" if spot.form is None else "a map"
            findings.at_value("wrong-type", path, f"expected {expected}, met null")
            told.append(path)
        elif not _may_be_empty(spot, path):
            advice = "leave the key out, or say what it is"
            findings.at_key("empty-map", path, f"{quoted(path[-1])} is an empty map", help=advice)
            told.append(path)
    return told


def _may_be_empty(spot: Spot, path: Path) -> bool:
    is_field = spot.form is Shape and (spot.owner is Shape or path[0] == "models")
    return (is_field and path[0] != "settings") or (spot.owner is Auth and path[-1] == "none")


def _blank_paths(value: Any) -> Iterator[Path]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in items:
        if each is None:
            yield (key,)
        elif isinstance(each, _CONTAINERS):
            if not each and isinstance(each, dict):
                yield (key,)
            for path in _blank_paths(each):
                yield (key, *path)


def _tell_control_characters(findings: Findings, data: dict[str, Any]) -> list[Path]:
    """Control characters in names, which only an escape can put there. The paths of the names."""
    told: list[Path] = []
    if not _SPECIAL.search(findings.tree.source.text):
        return told
    for path in _key_paths(data):
        found = _CONTROL.search(str(path[-1]))
        if found is not None:
            message = f"a name cannot hold the character U+{ord(found[0]):04X}"
            findings.inside_key("bad-name", path, found.start(), found.end(), message)
            told.append(path)
    return told


def _key_paths(value: Any) -> Iterator[Path]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in items:
        if isinstance(key, str):
            yield (key,)
        if isinstance(each, dict | list):
            for path in _key_paths(each):
                yield (key, *path)
