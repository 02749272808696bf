"""Every key of every form: what an editor says about it, and the node of the schema it takes."""

# ruff: noqa: E501  (a row for each key)
from __future__ import annotations

from typing import Any, get_args

from msgspec import Struct

from ferrule.exports import schema_words as words
from ferrule.exports.schema_words import Node
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

_TRUTH: Node = {"type": "boolean"}
_COUNT: Node = {"type": "integer", "minimum": 1}
_NUMBER: Node = {"type": "number"}
_TEXT: Node = {"type": "string"}
_ANY: Node = {}
_SCALAR: Node = {"type": ["string", "number", "boolean"]}
_TEXTS: Node = {"type": ["string", "array"], "items": _TEXT}
_SEND = words.choice("json", "form", "multipart", "xml", "text", "bytes", "graphql")
_ARRAYS = get_args(shape.ArrayStyle)
_STYLE = words.choice(*_ARRAYS, *get_args(shape.PathStyle))


class Key(Struct, frozen=True):
    """A key: one sentence for people, and what may stand there."""

    doc: str
    node: Node


def _ref(name: str, **beside: Any) -> Node:
    return {"$ref": f"#/$defs/{name}", **beside}


def _map(node: Node) -> Node:
    return {"type": "object", "additionalProperties": node}


_FIXED_VALUES = {
    "query": Key("Query parameters, each with its value.", _ref("values")),
    "headers": Key("Headers, each with its value.", _ref("values")),
    "cookies": Key("Cookies, each with its value.", _ref("values")),
}
_MAP_OR_SETTING: Node = {"type": ["string", "object"], "additionalProperties": _ref("value")}
_REQUEST_KEYS = {
    **_FIXED_VALUES,
    "query": Key("Query parameters, each with its value; or a setting that holds them.", _MAP_OR_SETTING),
    "headers": Key("Headers, each with its value; or a setting that holds them.", _MAP_OR_SETTING),
    "body": Key("The body: fields with values.", _ref("value")),
    "send": Key("How the body is sent; form in requests of auth.", _SEND),
    "auth": Key("Requests of auth go out bare; `current` signs them.", words.choice("none", "current")),
    "host": Key("One of `hosts`, instead of the base URL.", _TEXT),
    "timeout": Key("How long to wait.", _ref("timeout")),
    "let": Key("Names for what the answer tells the requests after it: `id: $.id`.", _map(words.ANSWER_PLACE)),
    "every": Key("Of a poll: how long to wait between two of them.", words.WAIT),
}  # fmt: skip
_METHOD_KEYS = {
    method: Key(
        f"{'An' if method[0] in 'aeiou' else 'A'} {method.upper()} request to this path or URL.",
        words.PATH,
    )
    for method in spec.METHODS
}
_TOKEN_PLACES = {
    "ok": Key("The answer is good if this holds.", words.CONDITION),
    "access_token": Key("Where the token stands in the answer.", words.ANSWER_PLACE),
    "refresh_token": Key("Where a new refresh token stands in the answer.", words.ANSWER_PLACE),
    "expires_in": Key("Where the lifetime stands; seconds unless it says otherwise.", words.ANSWER_PLACE),
    "expires_at": Key("Where the moment of expiry stands.", words.ANSWER_PLACE),
    "lifetime": Key("How long a token lasts where the answer does not say.", words.DURATION),
    "early": Key("How long before its end a token is renewed; a minute by default.", words.DURATION),
}  # fmt: skip
_APPLY = Key("Where the token goes; header.Authorization by default.", words.REQUEST_PLACE)
_SCHEME = Key("The word before the token; Bearer in Authorization by default.", words.TEMPLATE)
_USER = {
    "username": Key("The user name.", words.TEMPLATE),
    "password": Key("The password.", words.TEMPLATE),
}
_JWT_ALGORITHMS = (
    *("HS256", "HS384", "HS512", "RS256", "RS384", "RS512"),
    *("PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"),
)
_HASH_NAMES = ("md5", "sha1", "sha256", "sha384", "sha512")
_HASHES = (*(f"hmac_{name}" for name in _HASH_NAMES), *_HASH_NAMES)
_RULE_TAIL = {
    "then": Key("What follows: an outcome, or an error class.", words.OUTCOME),
    "wait": Key("How long to wait before the next try.", words.WAIT),
}

FORMS: dict[type[Form], dict[str, Key]] = {
    spec.ConnectorSpec: {
        "ferrule": Key("The language version: 1, or a minimum such as 1.4.0.", {"type": ["integer", "string"]}),
        "connector": Key("The connector's name: small letters, digits and `_`.", words.matching("[a-z][a-z0-9_]*", "Small letters, digits and _, a letter first.")),
        "version": Key("The version of the generated package: MAJOR.MINOR.PATCH.", words.matching(r"[0-9]+\.[0-9]+\.[0-9]+.*", "MAJOR.MINOR.PATCH, such as 1.2.0.")),
        "title": Key("The service's name, for people.", _TEXT),
        "description": Key("What the connector is for.", _TEXT),
        "docs": Key("Where the service documents its API.", _TEXT),
        "class": Key("The client's class, where the derived one is not right: GitHub.", words.matching("[A-Z][A-Za-z0-9]*", "Upper case first.")),
        "base_url": Key("What every path is appended to; `${setting}` looks a setting up.", words.matching(r"(?:https?://|\$\{).*", "An absolute URL: https://…", ("https://",))),
        "hosts": Key("Other origins that credentials may go to, by name.", _map(_TEXT)),
        "settings": Key("What whoever installs the connector gives. Options begin with a dot.", _map(_ref("setting"))),
        "values": Key("What is derived from settings: a text, or a choice with `.by`.", _map({"type": ["string", "object"], "additionalProperties": _TEXT})),
        "auth": Key("How requests are signed: one kind, `none`, or the name of one of `auths`.", _ref("auth")),
        "auths": Key("Kinds of auth by name, for actions to choose from.", _map(_ref("auth"))),
        "headers": Key("Headers of every request.", _ref("values")),
        "query": Key("Query parameters of every request.", _ref("values")),
        "cookies": Key("Cookies of every request.", _ref("values")),
        "send": Key("How bodies are sent; json by default.", _SEND),
        "arrays": Key("How lists are written in query and form; repeat by default.", words.choice(*_ARRAYS)),
        "rate_limit": Key("How much the service allows; several limits as a list.", words.one_or_more(words.RATE)),
        "rate_limits": Key("Limits by name; `default` holds where an action names none.", _map(words.one_or_more(words.RATE))),
        "concurrency": Key("How many calls may run at once; a number, or a setting.", {"type": ["integer", "string"], "minimum": 1}),
        "min_interval": Key("The least time between two calls; with concurrency 1.", words.DURATION),
        "observe": Key("Headers that tell what is left: `{used}/{limit}`, or `standard` for RateLimit.", _map(_TEXT)),
        "share": Key("Clients for which this is the same text keep one budget.", words.TEMPLATE),
        "idempotency_key": Key("Where a key goes that makes a repeated call harmless.", words.REQUEST_PLACE),
        "retry": Key("How failed calls are tried again.", _ref("retry")),
        "timeout": Key("How long to wait for an answer; 60s by default.", _ref("timeout")),
        "proxy": Key("The URL of an HTTP or SOCKS proxy.", words.TEMPLATE),
        "socket": Key("The path of a Unix socket through which the service is reached.", words.TEMPLATE),
        "tls": Key("A private authority, a client certificate.", _ref("tls")),
        "paging": Key("How lists go on, by default: the key is the style.", _ref("paging")),
        "pagings": Key("Several ways, by name; `default` is the default.", _map(_ref("paging"))),
        "envelope": Key("What surrounds the results of lists, so that paths are checked.", _ref("shape")),
        "errors": Key("What is an error, what it is called, and what follows.", _ref("errors")),
        "test": Key("A request that shows whether the connection works.", _ref("test")),
        "hooks": Key("Functions of your own, by slot: `extract: hooks.py:rows`.", _ref("hooks")),
        "triggers": Key("What a service tells by itself (`webhook`), and what is new in a list (`poll`).", _map(_ref("trigger"))),
        "include": Key("Files with more models, actions, settings …: `_acme/models.yaml`, `_acme/*.yaml`.", words.one_or_more(_TEXT)),
        "extends": Key("A spec whose maps this one merges into its own: `_base.yaml`.", _TEXT),
        "actions": Key("What the client can do: `resource.verb`.", _map(_ref("action"))),
        "models": Key("The shapes of results and bodies, by name (upper case first).", _map(_ref("shape"))),
    },
    timeouts.Timeouts: {
        "connect": Key("To connect.", words.DURATION),
        "read": Key("Between two pieces of the answer.", words.DURATION),
        "write": Key("Between two pieces of the request.", words.DURATION),
        "pool": Key("For a free connection.", words.DURATION),
        "total": Key("For the whole call, retries included.", words.DURATION),
    },
    requests.Request: {**_METHOD_KEYS, **_REQUEST_KEYS},
    requests.Test: {
        **_METHOD_KEYS,
        **_REQUEST_KEYS,
        "ok": Key("The connection works if this holds; otherwise if there is no error.", words.CONDITION),
        "failed": Key("The connection does not work if this holds.", words.CONDITION),
        "message": Key("Where the service says why.", words.one_or_more(words.ANSWER_PLACE)),
    },
    requests.Job: {
        "start": Key("The request that begins the work; `let` names what its answer tells.", _ref("step")),
        "poll": Key("The request that asks how far it is; `every: 30s`.", _ref("step")),
        "done": Key("The work is done if this holds of an answer of `poll`.", words.CONDITION),
        "failed": Key("The work has failed if this holds of an answer of `poll`.", words.CONDITION),
        "progress": Key("Where an answer of `poll` says how far it is.", words.ANSWER_PLACE),
        "message": Key("Where an answer of `poll` says why it failed.", words.one_or_more(words.ANSWER_PLACE)),
        "result": Key("The request of the result; without it the last answer of `poll` is the result.", _ref("step")),
        "cancel": Key("The request that gives the work up.", _ref("step")),
        "timeout": Key("How long `result()` waits; an hour by default.", words.DURATION),
    },
    examples.Example: {
        "request": Key("What is given, by the names of parameters.", _map(_ANY)),
        "status": Key("The status of the answer; 200 by default.", {"type": "integer", "minimum": 100, "maximum": 599}),
        "headers": Key("Headers of the answer.", _map(_TEXT)),
        "response": Key("The body of the answer.", _ANY),
    },
    triggers.Trigger: {
        "poll": Key("What is new in a list, each item once.", _ref("poll")),
        "webhook": Key("What the service sends: how it is proven, and what it is.", _ref("webhook")),
    },
    triggers.Poll: {
        "action": Key("The action that lists, which needs no arguments.", _TEXT),
        "cursor": Key("The field that grows: `updated_at`.", _TEXT),
        "id": Key("The field that tells one item from another.", _TEXT),
        "every": Key("How long to wait between two polls; a minute by default.", words.DURATION),
        "newest_first": Key("The list begins with the newest: it is read only as far as needed.", _TRUTH),
    },
    triggers.Webhook: {
        "sign": Key("How the signature is made.", words.choice("hmac_sha1", "hmac_sha256", "hmac_sha512")),
        "key": Key("The secret that both sides know.", words.TEMPLATE),
        "key_encoding": Key("How the secret is written; text by default.", words.choice("text", "base64", "hex")),
        "over": Key("What is signed: `${timestamp}.${body}`; the body by default.", words.TEMPLATE),
        "in": Key("Where the signature stands: `header.X-Signature`, perhaps ` ~ ` a search.", words.ANSWER_PLACE),
        "encoding": Key("How the signature is written; hex by default.", words.choice("hex", "base64")),
        "timestamp": Key("Where the moment of sending stands.", words.ANSWER_PLACE),
        "tolerance": Key("How old a webhook may be; five minutes by default.", words.DURATION),
        "id": Key("Where the id of the message stands.", words.ANSWER_PLACE),
        "type": Key("Where the type of the event stands.", words.ANSWER_PLACE),
        "data": Key("Where the data of the event stands; the whole body by default.", words.ANSWER_PLACE),
        "events": Key("The types of the data, by the type of the event.", _map(words.TYPE)),
    },
    sweeps.Each: {
        ".batch": Key("So many at once, as a list.", _COUNT),
    },
    sweeps.Since: {
        "into": Key("Where the beginning of a window goes.", words.REQUEST_PLACE),
        "until": Key("Where the end of a window goes.", words.REQUEST_PLACE),
        "field": Key("The field of an item that holds its moment; the next reading begins at the latest.", _TEXT),
        "as": Key("How moments are written: datetime, date, datetime(epoch) …", words.TYPE),
        "start": Key("Where the first reading begins.", words.TEMPLATE),
        "step": Key("How long a window is; one window without it.", words.DURATION),
        "lookback": Key("How far the next reading begins before the end of this one.", words.DURATION),
    },
    sweeps.Items: {
        "where": Key("Only the items of which this holds; `$` is the item.", words.CONDITION),
        "derive": Key("Fields that are made: `name: ${item.first} ${item.last}`.", _ref("values")),
        "rename": Key("Fields by their name on the wire, each with its new name.", _map(_TEXT)),
        "drop": Key("Fields that are left out.", words.one_or_more(_TEXT)),
    },
    spec.Basic: _USER,
    logins.Refresh: {"request": Key("The request that renews the token.", _ref("token_request")), **_TOKEN_PLACES},
    spec.Token: {
        "value": Key("The token or key.", words.TEMPLATE),
        "apply": _APPLY,
        "scheme": _SCHEME,
        "refresh": Key("How the token is renewed.", _ref("refresh")),
    },
    oauth.OAuth2: {
        "token": Key("The URL that gives tokens, or a request.", _ref("token_request")),
        "authorize": Key("Where a person signs in; for `device_code` where its codes come from.", _ref("get_request")),
        "refresh": Key("The URL that renews tokens, where it differs.", _ref("token_request")),
        "revoke": Key("The URL that withdraws tokens.", _ref("token_request")),
        "grant": Key("How tokens are got; `authorization_code` where there is `authorize`.", words.choice(*get_args(oauth.Grant))),
        "client_id": Key("The client's id; the setting `client_id` by default.", words.TEMPLATE),
        "client_secret": Key("The client's secret; the setting `client_secret` by default.", words.TEMPLATE),
        "client_auth": Key("How the client shows who it is.", words.choice("basic", "body", "query", "private_key_jwt", "none")),
        "assertion": Key("The token that the client signs: for `jwt_bearer` and `private_key_jwt`.", _ref("assertion")),
        "pkce": Key("The proof that the same program asks; `s256` by default.", words.choice("s256", "none")),
        "issuer": Key("Who the redirect has to come from (`iss`); by default the origin of `authorize`.", words.TEMPLATE),
        "code": Key("Where the redirect holds the code; `redirect.code` by default.", words.ANSWER_PLACE),
        "capture": Key("Further values of the answer and the redirect, by the names they get.", _map(words.ANSWER_PLACE)),
        "discover": Key("A call after connecting that tells what the token is good for.", _ref("discover")),
        "scopes": Key("What the token is asked for.", _TEXTS),
        "scope_separator": Key("What stands between two scopes; a blank by default.", _TEXT),
        **_TOKEN_PLACES,
        "apply": _APPLY,
        "scheme": _SCHEME,
    },
    oauth.Assertion: {
        "key": Key("The key: a private key in PEM, or a shared secret.", words.TEMPLATE),
        "algorithm": Key("How it is signed; HS256 by default.", words.choice(*_JWT_ALGORITHMS)),
        "claims": Key("The claims, over `aud`, `iat` and `exp`, which come by themselves.", _ref("values")),
        "headers": Key("Fields of the token's header, such as `kid`.", _ref("values")),
        "lifetime": Key("How long it is good; 5m by default.", words.DURATION),
    },
    oauth.Discover: {
        **_METHOD_KEYS,
        **_REQUEST_KEYS,
        "choose": Key("Where the answer lists what there is to choose from.", words.ANSWER_PLACE),
        "label": Key("What a person knows each by.", words.ANSWER_PLACE),
    },
    spec.Custom: {key: _FIXED_VALUES[key] for key in ("headers", "query", "cookies")}
    | {"body": Key("Fields put into every body.", _ref("values"))},
    logins.Session: {
        "steps": Key("The requests that log in; `let` names what an answer tells.", {"type": "array", "items": _ref("step"), "minItems": 1}),
        "refresh": Key("The request that renews the token.", _ref("token_request")),
        **_TOKEN_PLACES,
        "auth": Key("The kind of `auths` that signs the requests of the login.", {"type": "string"}),
        "idle": Key("A token that nobody has used for so long is dead.", words.DURATION),
        "apply": _APPLY,
        "scheme": _SCHEME,
        **{key: _FIXED_VALUES[key] for key in ("headers", "query", "cookies")},
        "per": Key("Whether a login serves many calls or one attempt.", words.choice("connection", "request")),
    },
    network.Tls: {
        "ca": Key("The authorities that are trusted instead of the usual ones: a file, a folder, PEM.", words.TEMPLATE),
        "client_cert": Key("The client's certificate in PEM, perhaps with its key.", words.TEMPLATE),
        "client_key": Key("The key of the client's certificate in PEM.", words.TEMPLATE),
        "passphrase": Key("What opens the key.", words.TEMPLATE),
        "pfx": Key("Certificate and key in one PKCS 12 file.", words.TEMPLATE),
        "verify": Key("A boolean setting by which an installer may take any certificate.", words.TEMPLATE),
    },
    proofs.Digest: _USER,
    proofs.Wsse: {
        **_USER,
        "hash": Key("sha1 by default.", words.choice("sha1", "sha256")),
        "encoding": Key("`hex`: nonce and digest go out as hexadecimal text.", words.choice("base64", "hex")),
    },
    proofs.Jwt: {
        "key": Key("The key: a shared secret, or a private key in PEM.", words.TEMPLATE),
        "algorithm": Key("How it is signed; HS256 by default.", words.choice(*_JWT_ALGORITHMS)),
        "claims": Key("The claims, over `iat` and `exp`, which come by themselves.", _ref("values")),
        "headers": Key("Fields of the token's header, such as `kid`.", _ref("values")),
        "lifetime": Key("How long a token is good; 5m by default.", words.DURATION),
        "apply": _APPLY,
        "scheme": _SCHEME,
    },
    proofs.Signature: {
        "over": Key("What is signed: `${request.method}`, `${request.body}`, `${now}` …", words.TEMPLATE),
        "key": Key("The key of an HMAC.", words.TEMPLATE),
        "key_encoding": Key("How the key is written.", words.choice("text", "hex", "base64")),
        "hash": Key("hmac_sha256 by default.", words.choice(*_HASHES)),
        "encoding": Key("How the signature is written; hex by default.", words.choice("hex", "base64")),
        "apply": Key("Where the signature goes.", words.REQUEST_PLACE),
        "format": Key("What is sent, with `${signature}` in it; the signature alone by default.", words.TEMPLATE),
    },
    proofs.OAuth1: {
        "consumer_key": Key("The client's key; the setting `consumer_key` by default.", words.TEMPLATE),
        "consumer_secret": Key("The client's secret; the setting `consumer_secret` by default.", words.TEMPLATE),
        "token": Key("The token; without it the client speaks for itself.", words.TEMPLATE),
        "token_secret": Key("The token's secret.", words.TEMPLATE),
        "realm": Key("The realm, where the service wants one.", words.TEMPLATE),
        "signature_method": Key("HMAC-SHA1 by default.", words.choice("HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512")),
    },
    proofs.AwsSigV4: {
        "access_key": Key("The id of the access key.", words.TEMPLATE),
        "secret_key": Key("The secret access key.", words.TEMPLATE),
        "session_token": Key("The token of temporary credentials.", words.TEMPLATE),
        "region": Key("The region, such as eu-central-1.", words.TEMPLATE),
        "service": Key("The service, such as s3 or execute-api.", words.TEMPLATE),
    },
    spec.Auth: {
        "none": Key("No auth.", {"type": "object", "maxProperties": 0}),
        "basic": Key("HTTP basic authentication.", _ref("basic")),
        "token": Key("A token or API key, in Authorization unless `apply` says otherwise.", _ref("token")),
        "oauth2": Key("OAuth 2: client credentials, or a person's consent where there is `authorize`.", _ref("oauth2")),
        "session": Key("A login by one request or several.", _ref("session")),
        "digest": Key("HTTP digest authentication: MD5, SHA-256, SHA-512-256.", _ref("digest")),
        "wsse": Key("A UsernameToken in the header X-WSSE.", _ref("wsse")),
        "jwt": Key("A bearer token that the client signs itself.", _ref("jwt")),
        "oauth1": Key("OAuth 1.0a: each request signed.", _ref("oauth1")),
        "aws_sigv4": Key("AWS signature version 4.", _ref("aws_sigv4")),
        "signature": Key("A signature over parts of the request.", _ref("signature")),
        "custom": Key("Values in headers, query, cookies or body.", _ref("custom")),
        "one_of": Key("Several kinds by name: the installer chooses.", _map(_ref("auth"))),
        "all_of": Key("Several kinds at once.", {"type": "array", "items": _ref("auth")}),
    },
    spec.ErrorRule: {"when": Key("The rule holds if this does.", words.CONDITION), **_RULE_TAIL},
    spec.CodeOutcome: {"codes": Key("The service's codes.", {"type": "array", "items": {"type": ["string", "integer"]}}), **_RULE_TAIL},
    spec.StatusOutcome: {
        "statuses": Key("The statuses.", {"type": "array", "items": {"type": "integer"}}),
        **_RULE_TAIL,
        "body": Key("What the body of such an answer is read as.", words.TYPE),
    },
    spec.Partial: {
        "failed": Key("An item has failed if this holds; `$` is the item.", words.CONDITION),
        "code": Key("Where the code of an item's failure stands.", words.one_or_more(words.ANSWER_PLACE)),
        "message": Key("Where the service's words about an item stand.", words.one_or_more(words.ANSWER_PLACE)),
        "items": Key("Where the items stand, if not where the result does.", words.ANSWER_PLACE),
    },
    spec.Errors: {
        "ok": Key("A 2xx answer that fails this is an error.", words.CONDITION),
        "code": Key("Where the error's code stands; the first found wins.", words.one_or_more(words.ANSWER_PLACE)),
        "message": Key("Where the service's own words stand.", words.one_or_more(words.ANSWER_PLACE)),
        "details": Key("Where more about the error stands.", words.ANSWER_PLACE),
        "request_id": Key("Where the request's id stands.", words.ANSWER_PLACE),
        "rules": Key("Looked at in order; the first that holds decides.", {"type": "array", "items": _ref("rule")}),
        "codes": Key("Outcomes (lower case) or classes (upper case), each with its codes.", _map(_ref("codes"))),
        "statuses": Key("Outcomes or classes, each with its statuses.", _map(_ref("statuses"))),
        "envelope": Key("What the body of an error looks like, so that paths are checked.", _ref("shape")),
        "partial": Key("Which items of a list of results have failed.", _ref("partial")),
    },
    spec.Retry: {
        "attempts": Key("How often a call is made at most, the first time included.", {"type": "integer", "minimum": 1, "maximum": 100}),
        "backoff": Key("The wait between two tries.", words.BACKOFF),
        "jitter": Key("Whether waits are spread at random.", words.choice("full", "none")),
        "network": Key("Whether faults of the network are retried.", _TRUTH),
        "all_errors": Key("Whether every error is retried, where a repeat does no harm.", _TRUTH),
    },
    spec.PageSize: {
        "in": Key("The parameter that sets the size of a page.", words.REQUEST_PLACE),
        "default": Key("The size that is asked for.", _COUNT),
        "max": Key("The greatest size that the service gives.", _COUNT),
    },
    spec.Paging: {
        "cursor": Key("Style: a cursor from the answer goes into the next request (`into`).", words.ANSWER_PLACE),
        "next_url": Key("Style: the answer holds the URL of the next page.", words.ANSWER_PLACE),
        "link_header": Key("Style: the Link header holds the URL of the next page.", words.text(snippets=("next",))),
        "page": Key("Style: the parameter that takes a page number.", words.REQUEST_PLACE),
        "offset": Key("Style: the parameter that takes the number of items read.", words.REQUEST_PLACE),
        "into": Key("Where the cursor goes; or several targets, each with its place.", {**words.REQUEST_PLACE, "type": ["string", "object"], "additionalProperties": words.ANSWER_PLACE}),
        "start": Key("The first page or offset.", {"type": "integer", "minimum": 0}),
        "size": Key("The parameter that sets the size of a page.", _ref("size")),
        "more": Key("There is another page if this holds.", words.CONDITION),
        "total": Key("Where the number of all items stands.", words.ANSWER_PLACE),
    },
    spec.ReturnCases: {".by": Key("The input whose value decides.", _TEXT)},
    spec.Action: {
        **_METHOD_KEYS,
        "url": Key("A free URL, such as `${input.url}`.", words.TEMPLATE),
        "method": Key("The method of a free URL.", words.TEMPLATE),
        "summary": Key("What the action does, in one line.", _TEXT),
        "description": Key("More about it.", _TEXT),
        "docs": Key("Where the service documents it.", _TEXT),
        "deprecated": Key("What to use instead; a call warns.", _TEXT),
        "scopes": Key("The scopes that the action needs.", {"type": "array", "items": _TEXT}),
        "auth": Key("A kind by name, `none`, or alternatives: [oauth, key + app].", words.one_or_more(_TEXT)),
        "input": Key("What the caller gives that stands nowhere in the request by itself.", _map(_ref("shape"))),
        "path": Key("Path parameters that need more than `{x:integer}`.", _map(_ref("shape"))),
        "query": Key("Query parameters, each with its type.", _ref("shape")),
        "query?": Key("Query parameters that may be left out as a whole.", _ref("shape")),
        "headers": Key("Headers, each with its type; `X-Name: none` switches one off.", _ref("shape")),
        "headers?": Key("Headers that may be left out as a whole.", _ref("shape")),
        "cookies": Key("Cookies, each with its type.", _ref("shape")),
        "body": Key("The body: fields with types, a model, map(any), text, bytes or file.", _ref("shape")),
        "body?": Key("A body that may be left out.", _ref("shape")),
        "bodies": Key("A body for each media type that the service takes.", _map(_ref("shape"))),
        "send": Key("How the body is sent.", _SEND),
        "arrays": Key("How lists are written.", words.choice(*_ARRAYS)),
        "host": Key("One of `hosts`, instead of the base URL.", _TEXT),
        "returns": Key("What comes back: a type, perhaps ` at ` a place; or cases by status or media type.", _ref("returns")),
        "envelope": Key("What surrounds the result, so that paths are checked.", _ref("shape")),
        "paging": Key("A paging by name, `none`, or what differs from the inherited one.", {**_ref("action_paging")}),
        "limit": Key("The limits that hold, instead of `default`.", words.one_or_more(_TEXT)),
        "cost": Key("How many points a call costs, or where its answer tells.", {**words.ANSWER_PLACE, "type": ["integer", "string"], "minimum": 0}),
        "replay": Key("Whether a call may be repeated; by default the method says.", words.choice("safe", "key", "never")),
        "idempotency_key": Key("Where a key goes that makes a repeated call harmless.", words.REQUEST_PLACE),
        "retry": Key("How failed calls are tried again.", _ref("retry")),
        "timeout": Key("How long to wait.", _ref("timeout")),
        "errors": Key("Errors of this action; its rules stand before the connector's.", _ref("errors")),
        "cache": Key("Answers are kept and asked for again by their ETag.", words.choice("etag")),
        "steps": Key("Several requests in a row; the answer of the last one is the result.", {"type": "array", "items": _ref("step"), "minItems": 1}),
        "hooks": Key("Functions of your own for this action, by slot; `none` switches one off.", _ref("hooks")),
        "examples": Key("Requests with their answers, by name: for readers, for the mock, and checked.", _map(_ref("example"))),
        "each": Key("Once for each item of another action (`{ticket_id: tickets.list.id}`) or of `${list}`.", _ref("each")),
        "since": Key("Read in windows of time, and go on another day.", _ref("since")),
        "items": Key("What becomes of the items before they are read as their type.", _ref("items")),
        "split": Key("A long list in several calls: `body.records by 10`, or `query.fields by 50 merge id`.", words.matching(r"(?:body|query).+ by [0-9]+( merge \S+)?", "A list and a number: body.records by 10.")),
        "job": Key("Work that the service does in its own time: begun, asked after, fetched.", _ref("job")),
    },
    shape.PartOptions: {
        "type": Key("The media type of the part.", _TEXT),
        "filename": Key("The file name of a file that has none.", _TEXT),
    },
    shape.Shape: {
        ".type": Key("The type, where options stand beside it.", words.TYPE),
        ".doc": Key("What it is, for people.", _TEXT),
        ".default": Key("The value where none is given.", _ANY),
        ".example": Key("An example.", _ANY),
        ".pattern": Key("A regular expression that the text matches.", _TEXT),
        ".format": Key("How it is written: epoch, rfc2822, iso8601, hex, %d/%m/%Y …", _TEXT),
        ".enum": Key("The values that it has; a map names them.", {"type": ["array", "object"], "items": _SCALAR, "additionalProperties": _SCALAR}),
        ".min": Key("The least value.", _NUMBER),
        ".max": Key("The greatest value.", _NUMBER),
        ".min_length": Key("The least length.", {"type": "integer", "minimum": 0}),
        ".max_length": Key("The greatest length.", {"type": "integer", "minimum": 0}),
        ".py": Key("Its name in Python.", words.matching("[a-z][a-z0-9_]*", "A name in Python.")),
        ".style": Key("How a list or map is written.", _STYLE),
        ".by": Key("The field that tells the members of a union apart.", _TEXT),
        ".else": Key("The model of a tag that is not listed.", words.TYPE),
        ".is": Key("The models whose fields it has too.", words.one_or_more(words.TYPE)),
        ".rest": Key("The type of further fields.", words.TYPE),
        ".closed": Key("Whether unknown fields are refused.", _TRUTH),
        ".wrap": Key("The one field that the body is put under.", _TEXT),
        ".part": Key("How it travels in a multipart body.", _ref("part")),
        ".read_only": Key("Only in answers.", _TRUTH),
        ".write_only": Key("Only in requests.", _TRUTH),
        ".deprecated": Key("What to use instead.", _TEXT),
        ".const": Key("The one value it has.", _SCALAR),
        ".items": Key("The types of a list of fixed length, in order.", {"type": "array", "items": words.TYPE}),
        ".blank_is_null": Key("Whether an empty text means null.", _TRUTH),
        ".one_of_fields": Key("Fields of which exactly one is given.", {"type": "array", "items": _TEXT}),
        ".extends_timeout": Key("Whether its value is added to the read timeout (long polls).", _TRUTH),
        ".strip": Key("What is cut off both ends of what people paste.", _TEXTS),
        ".query": Key("The GraphQL document that is sent; the fields of the body are its variables.", _TEXT),
        ".operation": Key("The operation of a document that has several.", _TEXT),
    },
}  # fmt: skip
"""A row for every key that this version takes. A test holds the table against the forms."""

SETTING_OPTIONS = (
    ".type", ".doc", ".default", ".example", ".pattern", ".format", ".enum", ".min", ".max",
    ".min_length", ".max_length", ".strip", ".deprecated",
)  # fmt: skip
"""The options of a setting; it has no fields."""
