"""Reads the tree into a ConnectorSpec and tells every fault of its structure in plain words."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

from ferrule.diagnostics import Replacement
from ferrule.diagnostics.nearness import is_clear
from ferrule.forms.fields import Fault, FaultyError, Form, kind_of
from ferrule.forms.reading import read_form
from ferrule.forms.shape import Shape
from ferrule.forms.spec import Action, Auth, Basic, ConnectorSpec, Errors, Paging
from ferrule.forms.tree import Path
from ferrule.passes.check.context import Findings, did_you_mean, listed, nearest, quoted
from ferrule.passes.check.cutting import Cutting
from ferrule.passes.check.form_walk import Spot, keys_of, spot_at
from ferrule.words import WORDS, WordError

_ROUNDS = 12
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_CONTAINERS = (dict, list)
# Rules of words that are short enough to be told whole.
_TELLS_FORMS = ("bad-place", "bad-rate", "bad-duration", "bad-wait")
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
            spec = read_form(ConnectorSpec, cutting.data)
        except FaultyError as error:
            faults = error.faults
        else:
            findings.left = cutting.left
            return spec, tuple(cutting.cut)
        if number == 0:
            cutting.data = copy.deepcopy(data)
            _tell(findings, data, faults)
        cutting.cut_out([_culprit(fault) for fault in faults])
    raise AssertionError("a spec that stays wrong whatever is cut out of it")


def _culprit(fault: Fault) -> Path:
    """What has to go for a fault to be gone: for a key that is missing, what misses it."""
    return fault.path[:-1] or fault.path if fault.kind == "missing" else fault.path


# --- telling ---


def _tell(findings: Findings, data: dict[str, Any], faults: list[Fault]) -> None:
    missing: dict[Path, list[str]] = {}
    unknown: dict[Path, list[str]] = {}
    for fault in faults:
        *around, key = fault.path
        if fault.kind == "missing":
            missing.setdefault(tuple(around), []).append(str(key))
        elif fault.kind == "unknown":
            unknown.setdefault(tuple(around), []).append(str(key))
            _tell_unknown_key(findings, data, fault.path)
        else:
            _tell_wrong_value(findings, data, fault)
    for path, keys in missing.items():
        # A key that is there under a wrong name is told once, as an unknown key.
        meant = [nearest(key, keys) for key in unknown.get(path, ())]
        lacking = [key for key in keys if key not in meant]
        if lacking:
            _tell_missing_keys(findings, data, path, lacking)


def _label(spot: Spot, path: Path) -> str:
    """What a form is called in a message: its class where the key is the author's, else its key."""
    if not path:
        return "a spec"
    if spot.form is Action:
        return "an action"
    if spot.form is Shape:
        return "a declaration of a field"
    named = [part for part in path if isinstance(part, str)]
    label = quoted(named[-1]) if named else "a spec"
    return f"an entry of {label}" if isinstance(path[-1], int) else label


def _tell_unknown_key(findings: Findings, data: dict[str, Any], path: Path) -> None:
    key, around = str(path[-1]), spot_at(path[:-1], data)
    form = around.form or Form
    known = keys_of(form)
    message = f"{quoted(key)} is not a key of {_label(around, path[:-1])}"
    advice, fix = _home_of(data, path, key, form), None
    near = nearest(key, known) if advice is None else None
    if near is not None:
        advice = f"did you mean `{near}`?"
        span, clear = findings.tree.key_span(path), is_clear(key, near, known)
        fix = Replacement(span, near, clear and not findings.tree.key_is_quoted(path))
    findings.at_key("unknown-key", path, message, help=advice or _known_help(form), fix=fix)


def _home_of(data: dict[str, Any], path: Path, key: str, form: type[Form]) -> str | None:
    """Where a key would be right that is wrong here: further out, or one level in."""
    known = keys_of(form)
    if form is Action and key == "at":
        return "a place stands behind the type: `returns: list(T) at $.items`"
    if form is Shape and key in (".alias", ".name"):
        return "the key is the name on the wire; `.py` says the one in Python"
    if form is Paging and key in ("limit", "per_page"):
        return "did you mean `size`? It says where: `size: {in: query.limit}`"
    if {"get", "post"} <= known.keys():
        if key in ("url", "path", "uri", "endpoint", "method"):
            return "the method is the key: `get: /path`"
        if key in ("form", "json", "multipart"):
            return f"what is sent stands in `body`, and how in `send: {key}`"
    if key == "token" and "access_token" in known:
        return "did you mean `access_token`?"
    for size in range(len(path) - 2, -1, -1):
        outer = spot_at(path[:size], data)
        if outer.form not in (None, form, Shape) and key in keys_of(outer.form or Form):
            return f"{quoted(key)} is a key of {_label(outer, path[:size])}: indent it less"
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


def _tell_missing_keys(
    findings: Findings, data: dict[str, Any], path: Path, keys: list[str]
) -> None:
    needs = listed(keys, "and")
    if path:
        label = _label(spot_at(path, data), path)
        findings.at_key("missing-key", path, f"{label} needs {needs}")
    else:
        findings.about_spec("missing-key", f"a spec needs {needs}")


def _tell_wrong_value(findings: Findings, data: dict[str, Any], fault: Fault) -> None:
    path, spot = fault.path, spot_at(fault.path, data)
    if fault.error is not None:
        _tell_word(findings, path, fault.rule, fault.error)
    elif fault.kind == "choice":
        met = spot.value if isinstance(spot.value, str) else findings.tree.raw_text(path)
        message = f"{quoted(met)} is not one of {listed(spot.words)}"
        advice = did_you_mean(str(met), spot.words)
        findings.at_value("unknown-choice", path, message, help=advice)
    elif fault.kind == "range":
        message = f"expected {fault.expected}, met {quoted(spot.value)}"
        findings.at_value("out-of-range", path, message)
    else:
        _tell_wrong_kind(findings, path, spot, fault.expected)


def _tell_word(findings: Findings, path: Path, rule: str, error: WordError) -> None:
    advice = error.help
    if advice is None and error.met and error.candidates:
        advice = did_you_mean(error.met, error.candidates)
    models = _map_at(findings.tree.data, ("models",))
    meant = [name for name in models if rule == "bad-type" and error.met == name.lower()]
    if meant:
        advice = f"did you mean {quoted(meant[0])}?"
    expected = error.expected or ""
    if advice is None and rule in _TELLS_FORMS and expected and not expected.startswith("the end"):
        advice = f"write {expected}"
    if spot_at(path, findings.tree.data).owner is Shape or path[-2:-1] == ("returns",):
        around = _map_at(findings.tree.data, path[:-1])
        if path[-1] == "by" or "type" in around or advice is None:
            advice = _dot_hint(path) or advice
        if advice is None and "type" in around:
            advice = "keys without a dot are fields; `.type` and `.doc` are options"
    span = findings.tree.inside(path, error.start, error.end)
    findings.at_span(rule, span, error.message, help=advice)


def _tell_wrong_kind(findings: Findings, path: Path, spot: Spot, expected: str) -> None:
    met = spot.value
    message = f"expected {expected}, met {kind_of(met)}"
    advice, fix = None, None
    if spot.owner is Paging and path[-1] == "size":
        advice = f"write where it goes: `{{in: query.limit, default: {met}}}`"
    elif isinstance(met, int | float) and "text" in expected:
        raw = findings.tree.raw_text(path)
        advice = f'put it in quotes: `"{raw}"`'
        fix = Replacement(findings.tree.value_span(path), f'"{raw}"')
    elif isinstance(met, str) and _reads_as(met, expected) and findings.tree.is_quoted(path):
        advice = f"write it without quotes: `{met}`"
        fix = Replacement(findings.tree.value_span(path), met)
    elif isinstance(met, int | float) and "duration" in expected:
        advice = f"write `{met}s` for seconds"
    else:
        advice = _as_meant(spot, path, expected, findings)
    findings.at_value("wrong-type", path, message, help=advice, fix=fix)


def _as_meant(spot: Spot, path: Path, expected: str, findings: Findings) -> str | None:
    """How the language says what a value of another kind was meant to say."""
    met, raw = spot.value, findings.tree.raw_text(path)
    if spot.owner is Shape and isinstance(met, int | float | bool):
        return _dot_hint(path) or f"a constant is written `= {raw}`"
    if "what the action returns" in expected:
        return f"a constant is written `= {raw}`"
    if "a type" in expected and isinstance(met, list):
        return _alternatives(met, _map_at(findings.tree.data, ("models",)))
    if spot.owner is Errors and path[-2] in ("codes", "statuses"):
        return _turned_round(str(path[-1]), raw)
    if spot.owner is Action and path[-1] == "path" and isinstance(met, str):
        return f"the method is the key: `get: {met}`"
    if path[-1] == "retry" and isinstance(met, int):
        return f"write `{{attempts: {met}}}`"
    if path == ("auth",) and isinstance(met, list):
        return "several together are `{all_of: [{…}, {…}]}`, a choice is `{one_of: {a: …, b: …}}`"
    if spot.form is Basic:
        return "write `{username: …, password: …}`"
    is_name = spot.form is Auth and isinstance(met, str)
    return "a kind is written out here: `{basic: {…}}`, `{token: …}`" if is_name else None


def _alternatives(met: list[Any], models: dict[str, Any]) -> str | None:
    """How a list is meant that stands where a type is expected."""
    if not met or not all(isinstance(each, str) and _NAME.fullmatch(each) for each in met):
        return None
    if len(met) == 1:
        return f"write `list({met[0]})`"
    are_types = all(each in WORDS or each in models for each in met)
    joined = " | ".join(met)
    return f"write `{joined}`" if are_types else f"write `enum({joined})`"


def _turned_round(key: str, met: str) -> str:
    """How a code or a status is listed, where one value stands behind an outcome or before it."""
    outcome, listed_one = (met, key) if met[:1].isupper() and not key[:1].isupper() else (key, met)
    return f"the outcome is the key, and what means it a list: `{outcome}: [{listed_one}]`"


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


# --- what no form sees ---


def _is_any_value(spot: Spot) -> bool:
    from ferrule.forms.examples import Example

    return spot.owner in (Shape, Example) and spot.annotation is Any


def _tell_blanks(findings: Findings, data: dict[str, Any]) -> list[Path]:
    """Nulls and empty maps, which a form takes for keys that are not there. Their paths."""
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
