"""A spec, and changes of it with what each means for callers."""

SPEC = """\
ferrule: 1
connector: acme
version: 1.4.2
title: Acme
base_url: https://${region}.acme.com/v1
settings:
  region: string = eu
  api_key: secret
  api_keys?: {.type: secret, .doc: not needed}
auth: {token: "${api_key}"}
rate_limit: 10/second
paging:
  cursor: $.next
  into: query.cursor
  size: {in: query.limit, default: 20}
errors:
  code: $.code
  codes:
    NotFound: [missing]
    Locked: [locked]
  statuses:
    Gone: [410]
  envelope: {code: string}
envelope: {next: string | null}
actions:
  things.list:
    summary: List things.
    get: /things
    query:
      sort?: enum(id | name)
      size?: integer = 5
    returns: list(Thing) at $.things
  things.get: {get: "/things/{thing_id:integer}", returns: Thing}
  things.create:
    post: /things
    body:
      name: string
      tags?: list(string)
      owner?:
        name: string
        age?: integer
    returns: Thing | null at $.thing
  things.parts.list: {get: "/things/{thing_id}/parts", returns: list(string) at $.parts}
  me: {get: /me, returns: text}
models:
  Kind: enum(small | large)
  Shade: enum!(dark | light)
  Thing:
    id: integer
    name: string
    kind?: Kind
    shade?: Shade
    note: string | null
    made_at?: datetime
"""

# What is changed: (old text, new text), the grade, and what is told in one line.
CHANGES: dict[str, tuple[str, str, str, str]] = {
    "an action goes": (
        "  me: {get: /me, returns: text}\n",
        "",
        "breaking",
        "me: the action is gone",
    ),
    "an action comes": (
        "  me: {",
        "  you: {get: /you, returns: text}\n  me: {",
        "additive",
        "you: a new action",
    ),
    "an action is renamed": (
        "things.get:",
        "things.show:",
        "breaking",
        "things.get: the action is gone",
    ),
    "an argument goes": (
        "      tags?: list(string)\n",
        "",
        "breaking",
        "things.create: the argument `tags` is gone",
    ),
    "an argument comes": (
        "      tags?: list(string)\n",
        "      tags?: list(string)\n      size?: integer\n",
        "additive",
        "things.create: a new argument `size`",
    ),
    "an argument comes that must be given": (
        "      tags?: list(string)\n",
        "      tags?: list(string)\n      size: integer\n",
        "breaking",
        "things.create: the argument `size` must be given",
    ),
    "an argument must be given now": (
        "tags?: list",
        "tags: list",
        "breaking",
        "things.create: the argument `tags` must be given",
    ),
    "an argument may be left out now": (
        "    body:\n      name: string",
        "    body:\n      name?: string",
        "additive",
        "things.create: the argument `name` may be left out",
    ),
    "an argument takes more": (
        "    body:\n      name: string",
        "    body:\n      name: string | integer",
        "additive",
        "things.create: the argument `name` takes more: from `str` to `str | int`",
    ),
    "an argument takes something else": (
        '{thing_id:integer}"',
        '{thing_id}"',
        "breaking",
        "things.get: the type of `thing_id` changed from `int` to `str`",
    ),
    "a value is known": (
        "enum(id | name)",
        "enum(id | name | made_at)",
        "additive",
        "things.list: `sort` knows the value 'made_at'",
    ),
    "a value is no longer known": (
        "enum(id | name)",
        "enum(id)",
        "internal",
        "things.list: `sort` no longer knows the value 'name', and still takes it",
    ),
    "a field of a body must be given now": (
        "        age?: integer",
        "        age: integer",
        "breaking",
        "ThingsCreateOwnerInput: the field `age` must be given",
    ),
    "a field of a body goes": (
        "        age?: integer\n",
        "",
        "breaking",
        "ThingsCreateOwnerInput: the field `age` is gone",
    ),
    "a result may be missing": (
        'integer}", returns: Thing}',
        'integer}", returns: Thing | null}',
        "breaking",
        "things.get: the result changed from `Thing` to `Thing | None`",
    ),
    "a result is always there": (
        "Thing | null at",
        "Thing at",
        "additive",
        "things.create: the result is more exact: from `Thing | None` to `Thing`",
    ),
    "a field goes": (
        "    note: string | null\n",
        "",
        "breaking",
        "Thing: the field `note` is gone",
    ),
    "a field comes": (
        "    note: string | null\n",
        "    note: string | null\n    size: integer\n",
        "additive",
        "Thing: a new field `size`",
    ),
    "a field may be null": (
        "    name: string\n    kind",
        "    name: string | null\n    kind",
        "breaking",
        "Thing: the type of `name` changed from `str` to `str | None`",
    ),
    "a field is never null": (
        "    note: string | null\n",
        "    note: string\n",
        "additive",
        "Thing: `note` is more exact: from `str | None` to `str`",
    ),
    "an open enum grows": (
        "enum(small | large)",
        "enum(small | large | huge)",
        "additive",
        "Kind: it knows the value 'huge'",
    ),
    "a closed enum grows": (
        "enum!(dark | light)",
        "enum!(dark | light | red)",
        "breaking",
        "Shade: it changed from `Literal['dark', 'light']` to `Literal['dark', 'light', 'red']`",
    ),
    "an error class goes": (
        "    Locked: [locked]\n",
        "",
        "breaking",
        "Locked: the error class is gone",
    ),
    "an error class comes": (
        "    Locked: [locked]\n",
        "    Locked: [locked]\n    TooBig: [big]\n",
        "additive",
        "TooBig: a new error class",
    ),
    "a code means another class": (
        "    NotFound: [missing]\n    Locked: [locked]\n",
        "    NotFound: [locked]\n    Locked: [missing]\n",
        "breaking",
        "errors: code missing is Locked now, and was NotFound",
    ),
    "a setting comes that must be given": (
        "  api_key: secret\n",
        "  api_key: secret\n  tenant: string\n",
        "breaking",
        "client: the setting `tenant` must be given",
    ),
    "a setting comes that has a default": (
        "  api_key: secret\n",
        "  api_key: secret\n  tenant: string = main\n",
        "additive",
        "client: a new setting `tenant`",
    ),
    "a setting goes": (
        "  api_keys?: {.type: secret, .doc: not needed}\n",
        "",
        "breaking",
        "client: the argument `api_keys` is gone",
    ),
    "a default changes": (
        "string = eu",
        "string = us",
        "breaking",
        "client: the default of `region` changed from 'eu' to 'us'",
    ),
    "a path changes": (
        "    get: /things\n",
        "    get: /v2/things\n",
        "internal",
        "things.list: its request or answer changed: GET /things is GET /v2/things now",
    ),
    "a limit changes": (
        "10/second",
        "20/second",
        "internal",
        "connector: `rate_limits` changed",
    ),
    "a text changes": (
        "List things.",
        "List all things.",
        "internal",
        "documentation: texts changed",
    ),
    "the connector is renamed": (
        "connector: acme",
        "connector: acmes",
        "breaking",
        "package: the package is called acmes_connector and no longer acme_connector",
    ),
}
