"""Proves the names: well formed, not taken, different where Python needs them to differ."""

from __future__ import annotations

import builtins
import re
from functools import lru_cache

from ferrule import naming
from ferrule.forms.shape import Shape
from ferrule.forms.spec import Action
from ferrule.forms.tree import Path
from ferrule.passes.check.context import Context, quoted
from ferrule.passes.check.models import Models
from ferrule.passes.check.scope import ROOTS, Scope, type_of
from ferrule.words import ast

_LONGEST = 64
_CONNECTOR = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_PLAIN = re.compile(r"[a-z][a-z0-9_]*")
_LABEL = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_CLASS = re.compile(r"[A-Z][A-Za-z0-9]*")
_MODEL = re.compile(r"[A-Z][A-Za-z0-9_]*")
_ACTION_PART = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_TAKEN_CONNECTORS = ("ferrule", "ferrule_runtime", "python", "pip", "setuptools")
_TAKEN_LABELS = {"auths": ("none", "current"), "pagings": ("none",), "rate_limits": ("none",)}

# A spec says the same names over and over.
_snake = lru_cache(maxsize=4096)(naming.snake)
_argument = lru_cache(maxsize=4096)(naming.argument)
_attribute = lru_cache(maxsize=4096)(naming.attribute)
_CLIENT_METHODS = frozenset(
    [
        "aclose",
        "close",
        "preload",
        "stats",
        "test_connection",
        "with_options",
        "with_raw_response",
    ]
)


def client_classes(context: Context) -> dict[str, str]:
    """The classes that a package has for its client, each with what it is."""
    name = context.spec.class_name or naming.class_name(context.spec.connector)
    return {
        name: "the client",
        f"Async{name}": "the asynchronous client",
        f"{name}Error": "the base of the client's errors",
        f"{name}StatusError": "the base of the client's errors by status",
    }


def check_head_names(context: Context) -> None:
    """Check the name of the connector and of its class."""
    spec = context.spec
    name, path = spec.connector, ("connector",)
    if not context.is_whole(path):
        return
    if len(name) > _LONGEST or _CONNECTOR.fullmatch(name) is None:
        message = f"{quoted(name)} cannot be the name of a connector"
        advice = f"up to {_LONGEST} small letters and digits, with single `_` between them"
        context.at_value("bad-name", path, message, help=advice)
    elif name in naming.KEYWORDS or name in _TAKEN_CONNECTORS:
        what = "a word of Python" if name in naming.KEYWORDS else "taken"
        message = f"{quoted(name)} is {what}: a connector cannot be called so"
        context.at_value("reserved-name", path, message)
    if spec.class_name is not None and _CLASS.fullmatch(spec.class_name) is None:
        message = f"{quoted(spec.class_name)} cannot be the name of a class"
        advice = "letters and digits, upper case first, such as `GitHub`"
        context.at_value("bad-name", ("class",), message, help=advice)
    elif spec.class_name in naming.KEYWORDS:
        message = f"{quoted(spec.class_name)} is a word of Python"
        context.at_value("reserved-name", ("class",), message)
    elif spec.class_name is not None and hasattr(builtins, spec.class_name):
        message = f"{quoted(spec.class_name)} is a name of Python's own"
        context.at_value("reserved-name", ("class",), message, help="`class: GitHub`, say")


def check_own_names(context: Context, scope: Scope) -> None:
    """Check the names that an author gives: settings, values, hosts, limits, pagings, auths."""
    spec = context.spec
    for name, setting in scope.settings.items():
        check_lookup_name(context, name, setting.path, "setting")
        if name in naming.CLIENT_OPTIONS:
            message = f"{quoted(name)} is an option of every client"
            advice = "give the setting another name"
            context.at_key("reserved-name", setting.path, message, help=advice)
    for name in spec.values:
        path = ("values", name)
        check_lookup_name(context, name, path, "value")
        if name in scope.settings:
            message = f"{quoted(name)} is a setting and a value"
            notes = [(scope.settings[name].path, "the setting")]
            context.at_key("name-clash", path, message, notes=notes)
    for key in ("hosts", "rate_limits", "pagings", "auths"):
        for name in getattr(spec, key):
            if _LABEL.fullmatch(name) is None:
                advice = "letters, digits, `_` and `-`, a letter first"
                message = f"{quoted(name)} cannot be a name here"
                context.at_key("bad-name", (key, name), message, help=advice)
            elif name in _TAKEN_LABELS.get(key, ()):
                message = f"{quoted(name)} has a meaning of its own here"
                context.at_key("reserved-name", (key, name), message)


def check_lookup_name(context: Context, name: str, path: Path, what: str) -> None:
    """Check a name that `${name}` looks up."""
    if not context.is_whole(path):
        return
    if _PLAIN.fullmatch(name) is None:
        advice = "small letters, digits and `_`, a letter first"
        context.at_key(
            "bad-name", path, f"{quoted(name)} cannot be the name of a {what}", help=advice
        )
    elif name in naming.KEYWORDS:
        message = f"{quoted(name)} is a word of Python"
        context.at_key("reserved-name", path, message, help=f"give the {what} another name")
    elif name in ROOTS:
        message = f"{quoted(name)} is what `${{{name}…}}` looks up by itself"
        context.at_key("reserved-name", path, message, help=f"give the {what} another name")


def snake_of(name: str) -> str:
    """What a name becomes in Python."""
    return _argument(name)


def check_label(context: Context, name: str, path: Path) -> None:
    """Check a name of parts between dots that becomes a function."""
    parts = name.split(".")
    if not all(_ACTION_PART.fullmatch(part) and _snake(part) for part in parts):
        message = f"{quoted(name)} cannot be a name here"
        advice = "letters, digits and `_` between dots, each part with a letter first"
        context.at_key("bad-name", path, message, help=advice)


def check_model_names(context: Context, models: Models) -> None:
    """Check the names of models, and that the names of their fields differ in Python."""
    taken = client_classes(context) | dict.fromkeys(
        naming.ERROR_CLASSES, "an error of every package"
    )
    owners: naming.Scope[str] = naming.Scope()
    for name, shape in context.spec.models.items():
        path = ("models", name)
        if _MODEL.fullmatch(name) is None:
            message = f"{quoted(name)} cannot be the name of a model"
            advice = f"upper case first: `{naming.class_name(name) or 'Model'}`"
            context.at_key("bad-name", path, message, help=advice)
            continue
        if name in naming.KEYWORDS:
            context.at_key("reserved-name", path, f"{quoted(name)} is a word of Python")
            continue
        python_name = naming.class_name(name)
        if python_name in taken:
            message = f"{quoted(name)} is {taken[python_name]}: a model cannot be called so"
            context.at_key("name-clash", path, message, help="give the model another name")
        earlier = owners.claim(python_name, name)
        if earlier is not None:
            message = f"{quoted(name)} and {quoted(earlier)} both become the class `{python_name}`"
            notes = [(("models", earlier), "the first")]
            context.at_key("python-name-clash", path, message, notes=notes)
        check_field_names(context, models, shape, path)


def check_field_names(context: Context, models: Models, shape: Shape, path: Path) -> None:
    """Check that the fields of an object, and of the objects inside it, differ in Python."""
    if shape.fields is None or shape.by is not None:
        return
    owners: dict[str, Path] = {}
    for _, _, each, where in models.fields(shape, path).values():
        name = _field_name(context, each, where)
        if name and owners.setdefault(name, where) is not where:
            _tell_same(context, where, owners[name], name)
    for key, each in shape.fields.items():
        if each.fields is not None:
            check_field_names(context, models, each, (*path, key))


def _field_name(context: Context, shape: Shape, path: Path) -> str:
    return _own_name(context, shape, path) or _told(
        context, _attribute(str(path[-1]).removesuffix("?")), path
    )


def _own_name(context: Context, shape: Shape, path: Path) -> str | None:
    name = shape.python_name
    if name is None:
        return None
    if not naming.is_name(name) or name.startswith("_") or name in ("self", "cls"):
        message = f"{quoted(name)} cannot be a name in Python here"
        advice = "letters, digits and `_`, a letter first, no word of Python"
        context.at_value("bad-name", (*path, ".py"), message, help=advice)
    return name


def _told(context: Context, name: str, path: Path) -> str:
    if not name:
        message = f"{quoted(path[-1])} has nothing that a name in Python could be made of"
        advice = "say one: `{.type: string, .py: name}`"
        context.at_key("bad-name", path, message, help=advice)
    return name


def _tell_same(context: Context, path: Path, first: Path, name: str) -> None:
    message = f"{quoted(path[-1])} and {quoted(first[-1])} both become `{name}` in Python"
    advice = "say a name for one of them: `.py: other_name`"
    notes = [(first, "the first")]
    context.at_key("python-name-clash", path, message, help=advice, notes=notes)


# --- actions ---


def check_action_names(context: Context) -> None:
    """Check that actions become methods that differ, on resources that differ."""
    actions = context.spec.actions
    methods: dict[tuple[str, ...], str] = {}
    modules: dict[str, tuple[tuple[str, ...], str]] = {}
    for name in actions:
        path = ("actions", name)
        parts = name.split(".")
        if not all(_ACTION_PART.fullmatch(part) and _snake(part) for part in parts):
            message = f"{quoted(name)} cannot be the name of an action"
            advice = "`resource.verb` of letters, digits and `_`, each with a letter first"
            context.at_key("bad-name", path, message, help=advice)
            continue
        _check_prefixes(context, name, parts)
        own = tuple(_snake(part) for part in parts)
        if own[0] in _CLIENT_METHODS or own[-1] == "with_raw_response":
            taken = own[0] if own[0] in _CLIENT_METHODS else own[-1]
            message = f"`{taken}` is a method of every client"
            context.at_key("reserved-name", path, message, help="give the action another name")
        earlier = methods.setdefault(own, name)
        if earlier != name:
            _tell_same_method(context, name, earlier, ".".join(own))
        elif len(own) > 1:
            resource, module = own[:-1], "_".join(own[:-1])
            first, first_name = modules.setdefault(module, (resource, name))
            if first != resource:
                _tell_same_method(context, name, first_name, module)


def _tell_same_method(context: Context, name: str, earlier: str, python_name: str) -> None:
    message = f"{quoted(name)} and {quoted(earlier)} both become `{python_name}` in Python"
    notes = [(("actions", earlier), "the first")]
    advice = "give one of them another name"
    context.at_key("python-name-clash", ("actions", name), message, help=advice, notes=notes)


def _check_prefixes(context: Context, name: str, parts: list[str]) -> None:
    for size in range(1, len(parts)):
        shorter = ".".join(parts[:size])
        if shorter in context.spec.actions:
            message = f"{quoted(shorter)} is an action, so that it cannot hold {quoted(name)}"
            notes = [(("actions", shorter), "the action")]
            advice = f"give {quoted(shorter)} a verb, such as `{shorter}.show`"
            context.at_key("action-prefix", ("actions", name), message, help=advice, notes=notes)


# --- parameters ---


def check_parameter_names(context: Context, action: Action, path: Path, options: set[str]) -> None:
    """Check that the arguments of a method differ. `options` are those that every such method has.

    A name that is taken gets the place of its parameter as a suffix; what clashes then is told.
    """
    owners: dict[str, tuple[str, Path]] = dict.fromkeys(options, ("", ()))
    for place, shape, where in _arguments(action, path):
        name = _own_name(context, shape, where) if shape is not None else None
        is_own = name is not None
        name = name or _told(context, _argument(str(where[-1]).removesuffix("?")), where)
        if not name:
            continue
        taken = owners.get(name)
        if taken is not None and taken[0] != place and not is_own:
            name = f"{name.rstrip('_')}_{place}"
            taken = owners.get(name)
        if taken is None:
            owners[name] = (place, where)
        elif taken[1]:
            _tell_same(context, where, taken[1], name)
        else:
            message = f"{quoted(where[-1])} becomes `{name}`, which is an option of the method"
            advice = "say another name: `.py: other_name`"
            context.at_key("python-name-clash", where, message, help=advice)


def _arguments(action: Action, path: Path) -> list[tuple[str, Shape | None, Path]]:
    found: list[tuple[str, Shape | None, Path]] = []
    found += [("input", each, (*path, "input", key)) for key, each in action.input.items()]
    for method in ("get", "post", "put", "patch", "delete", "head", "options"):
        target = getattr(action, method)
        for part in target.parts if target is not None else ():
            if isinstance(part, ast.PathParam):
                shape = action.path.get(part.name) or action.path.get(f"{part.name}?")
                found.append(("path", shape, (*path, "path", part.name)))
    for place, key, shape in (
        ("query", "query", action.query),
        ("query", "query?", action.optional_query),
        ("header", "headers", action.headers),
        ("header", "headers?", action.optional_headers),
        ("cookie", "cookies", action.cookies),
        ("body", "body", action.body),
        ("body", "body?", action.optional_body),
    ):
        if shape is not None and not is_whole_argument(shape, key):
            found += [
                (place, each, (*path, key, name))
                for name, each in (shape.fields or {}).items()
                if is_argument(each)
                and not (key == "body" and each.is_constant and not name.endswith("?"))
            ]
    return found


def is_whole_argument(shape: Shape, key: str) -> bool:
    """Whether a map of parameters is one argument: a model, a list, or optional with demands."""
    if shape.fields is None or shape.by is not None or shape.is_also is not None:
        return shape.rest is None
    has_demands = any(not may_be_absent for _, _, may_be_absent, _ in shape.members)
    return key.endswith("?") and has_demands


def is_argument(shape: Shape) -> bool:
    """Whether the caller gives it: it is neither a constant nor switched off."""
    if shape.word is not None and shape.word.constant is not None:
        return False
    type_ = type_of(shape)
    is_off = isinstance(type_, ast.WordType) and type_.word == "none"
    return shape.constant is None and not is_off


def method_options(action: Action, *, pages: bool, has_size: bool, has_start: bool) -> set[str]:
    """The arguments that a method has besides the parameters of its action."""
    options = set() if action.job is None and action.each is None else {"checkpoint"}
    if action.since is not None:
        options |= {"checkpoint", "since", "until"}
    if pages:
        options |= {"checkpoint"}
        options |= {"page_size"} if has_size else set()
        options |= {"start"} if has_start else set()
    for shape, name in ((action.query, "extra_query"), (action.body, "extra")):
        if shape is not None and shape.rest is not None:
            options.add(name)
    for shape, key in ((action.body, "body"), (action.optional_body, "body?")):
        if shape is not None and is_whole_argument(shape, key):
            options.add("body")
    return options
