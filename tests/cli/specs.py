"""Specs that the tests of the commands are about."""

ACME = """\
ferrule: 1
connector: acme
version: 1.0.0
title: Acme
base_url: https://api.acme.com/v1
settings: {api_key: secret}
auth:
  token: "${api_key}"
actions:
  things.get:
    get: /things/{thing_id:integer}
    returns: Thing
models:
  Thing:
    id: integer
    name: string | null
"""
BROKEN = """\
ferrule: 1
connector: acme
version: 1.0.0
base_url: https://api.acme.com/v1
autth: none
actions:
  things.get:
    get: /things/{thing_id:integer}
    returns: Thign
models:
  Thing:
    id: intger
"""


def named(connector: str) -> str:
    """The spec of a package of another name."""
    return ACME.replace("connector: acme", f"connector: {connector}")
