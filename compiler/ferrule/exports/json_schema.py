"""The JSON Schema of the spec language for editors: flat, so that completion works everywhere.

Kinds are optional properties that exclude each other by `dependentSchemas`; a union over shapes is
a list of types, with `pattern` for text and `properties` for maps beside each other. There is no
`anyOf` around words and kinds, no title and no null: each spoils what an editor offers or says.
Names of the author's are `additionalProperties`, because values of `patternProperties` are not
completed; `propertyNames` refuses dot keys that do not exist.
"""

from __future__ import annotations

from ferrule.exports.schema_keys import FORMS, SETTING_OPTIONS, Key
from ferrule.exports.schema_words import PARAM, RETURNS, SETTING, Node, matching
from ferrule.forms import (
    examples,
    logins,
    network,
    oauth,
    proofs,
    requests,
    shape,
    spec,
    sweeps,
    timeouts,
    triggers,
)
from ferrule.forms.fields import Form
from ferrule.forms.hooks import SLOTS
from ferrule.forms.inheriting import PAGING_STYLES
from ferrule.forms.reading import fields_of
from ferrule.forms.spec import LANGUAGE_VERSION, METHODS

_AUTH_KINDS = tuple(FORMS[spec.Auth])
_OWN_KEYS: Node = {"^x-": {}}


def editor_schema() -> Node:
    """The whole schema, as data for a JSON file."""
    version = ".".join(map(str, LANGUAGE_VERSION))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": f"The Ferrule spec language, version {version}.",
        **_form(spec.ConnectorSpec),
        "$defs": _definitions(),
    }


def _definitions() -> dict[str, Node]:
    return {
        "action": _action(),
        "action_paging": _paging(matching("[A-Za-z][A-Za-z0-9_-]*", _NAME)),
        "auth": _auth(),
        "assertion": _form(oauth.Assertion),
        "aws_sigv4": _form(proofs.AwsSigV4),
        "basic": _form(spec.Basic),
        "codes": _shorthand(spec.CodeOutcome, "array", "codes"),
        "custom": _at_least_one(_form(spec.Custom)),
        "digest": _form(proofs.Digest),
        "discover": _one_method(_shorthand(oauth.Discover, "string", "get")),
        "each": _each(),
        "errors": _at_least_one(_form(spec.Errors)),
        "get_request": _one_method(_shorthand(requests.Request, "string", "get")),
        "hooks": _hooks(),
        "items": _at_least_one(_form(sweeps.Items)),
        "job": _form(requests.Job),
        "jwt": _form(proofs.Jwt),
        "oauth1": _form(proofs.OAuth1),
        "oauth2": _form(oauth.OAuth2),
        "partial": _form(spec.Partial),
        "paging": _paging(matching("none", 'The only word is "none".')),
        "part": _form(shape.PartOptions),
        "refresh": _form(logins.Refresh),
        "retry": _at_least_one(_form(spec.Retry)),
        "returns": _returns(),
        "rule": _form(spec.ErrorRule),
        "session": _form(logins.Session),
        "setting": _setting(),
        "shape": _shape(),
        "signature": _form(proofs.Signature),
        "poll": _form(triggers.Poll),
        "example": _at_least_one(_form(examples.Example)),
        "trigger": _at_least_one(_form(triggers.Trigger)),
        "webhook": _form(triggers.Webhook),
        "size": _shorthand(spec.PageSize, "string", "in"),
        "statuses": _shorthand(spec.StatusOutcome, "array", "statuses"),
        "since": _form(sweeps.Since),
        "step": _one_method(_shorthand(requests.Request, "string", "post")),
        "test": _one_method(_form(requests.Test)),
        "timeout": _at_least_one(_shorthand(timeouts.Timeouts, "string", "read")),
        "tls": _at_least_one(_form(network.Tls)),
        "token": _shorthand(spec.Token, "string", "value"),
        "token_request": _one_method(_shorthand(requests.Request, "string", "post")),
        "value": {"type": ["string", "number", "boolean", "null", "array", "object"]},
        "values": {"type": "object", "additionalProperties": {"$ref": "#/$defs/value"}},
        "wsse": _form(proofs.Wsse),
    }


_OF_WORDS = ("pattern", "patternErrorMessage", "items", "defaultSnippets")
_NAME = 'The name of a paging, or "none".'


def _property(key: Key) -> Node:
    # What stands beside a `$ref` is not looked at by every reader, a description is. Editors show
    # its backticks as such, unless it is said that they are meant.
    meant: Node = {"markdownDescription": key.doc} if "`" in key.doc else {}
    return {**key.node, "description": key.doc, **meant}


def _form(form: type[Form]) -> Node:
    """A form as an object: its keys, those that it needs, and nothing else but `x-…`."""
    properties = {name: _property(key) for name, key in FORMS[form].items()}
    needed = [key for key, field in fields_of(form).items() if field.required and key in properties]
    node: Node = {
        "type": "object",
        "properties": properties,
        "patternProperties": _OWN_KEYS,
        "additionalProperties": False,
    }
    return {**node, "required": needed} if needed else node


def _shorthand(form: type[Form], short: str, key: str) -> Node:
    """A form, or its main key alone."""
    node = _form(form)
    main = FORMS[form][key].node
    beside: Node = {name: main[name] for name in _OF_WORDS if name in main}
    return {**node, "type": [short, "object"], **beside}


def _at_least_one(node: Node) -> Node:
    # Inside `allOf`: beside `properties` it would count the key that is being completed.
    return {**node, "allOf": [{"minProperties": 1}]}


def _exclusive(names: tuple[str, ...]) -> Node:
    """At most one of the names: each forbids the others, and an editor marks both."""
    return {name: {"properties": dict.fromkeys(_others(names, name), False)} for name in names}


def _others(names: tuple[str, ...], name: str) -> list[str]:
    return [other for other in names if other != name]


def _one_method(node: Node, *also: str) -> Node:
    names = (*METHODS, *also)
    return {
        **node,
        "dependentSchemas": _exclusive(names),
        "if": {"type": "object"},
        "then": {"anyOf": [{"required": [name]} for name in names]},
    }


def _action() -> Node:
    return _one_method(_form(spec.Action), "url", "steps", "job")


def _auth() -> Node:
    word = matching("[A-Za-z][A-Za-z0-9_-]*", 'A kind of auth, "none", or a name in `auths`.')
    node = _form(spec.Auth)
    return {
        **_at_least_one(node),
        **word,
        "type": ["string", "object"],
        "dependentSchemas": _exclusive(_AUTH_KINDS),
        "defaultSnippets": [{"label": "none", "body": "none"}],
    }


def _paging(word: Node) -> Node:
    return {
        **_at_least_one(_form(spec.Paging)),
        **word,
        "type": ["string", "object"],
        "dependentSchemas": _exclusive(PAGING_STYLES),
        "defaultSnippets": [{"label": "none", "body": "none"}],
    }


def _hooks() -> Node:
    """Slots, each with a file and a function in it."""
    word = matching(r"none|[A-Za-z0-9_./-]+\.py:[A-Za-z_][A-Za-z0-9_]*", "file.py:function")
    slots = {
        name: {**word, "description": f"Called with {' and '.join(given)}."}
        for name, (_, given) in SLOTS.items()
    }
    return {"type": "object", "properties": slots, "additionalProperties": False}


def _each() -> Node:
    """Parameters of the action, each with what fills it in."""
    options = {name: _property(key) for name, key in FORMS[sweeps.Each].items()}
    return {
        "type": "object",
        "properties": options,
        "propertyNames": _plain_or(options),
        "additionalProperties": {"type": "string"},
    }


def _returns() -> Node:
    """A result, or cases: by status, by media type, or by an argument."""
    by = {name: _property(key) for name, key in FORMS[spec.ReturnCases].items()}
    return {
        **RETURNS,
        "type": ["string", "object"],
        "properties": by,
        "propertyNames": _plain_or(by),
        "additionalProperties": RETURNS,
    }


def _shape() -> Node:
    """A type in a word, or a map: options begin with a dot, everything else is a field."""
    options = {name: _property(key) for name, key in FORMS[shape.Shape].items()}
    return {
        **PARAM,
        "type": ["string", "object"],
        "properties": options,
        "propertyNames": _plain_or(options),
        "additionalProperties": {"$ref": "#/$defs/shape"},
    }


def _plain_or(options: Node) -> Node:
    """Any key that does not begin with a dot, or one of the options, which do."""
    words = "|".join(name.removeprefix(".") for name in options)
    message = "Not an option. A key that begins with a dot is one of Ferrule's."
    return {"pattern": rf"^(?:[^.].*|\.(?:{words}))$", "patternErrorMessage": message}


def _setting() -> Node:
    options = {name: _property(FORMS[shape.Shape][name]) for name in SETTING_OPTIONS}
    options[".type"] = {**SETTING, "description": FORMS[shape.Shape][".type"].doc}
    return {
        **_at_least_one({}),
        **SETTING,
        "type": ["string", "object"],
        "properties": options,
        "additionalProperties": False,
    }
