"""Calls to copy: Python sync and async, the command, curl."""

from __future__ import annotations

import json
import re
import shlex
import textwrap
from collections.abc import Iterator
from typing import Any

from ferrule.exports.docs.samples import sample
from ferrule.exports.openapi.bodies import MEDIA
from ferrule.exports.openapi.schemas import type_of
from ferrule.forms.package import ActionRow
from ferrule.forms.reference import Example
from ferrule.forms.shape import Shape
from ferrule.forms.spec import METHODS, Action, Auth, ConnectorSpec
from ferrule.words import ast

_IMPORTS = (
    ("datetime.now(timezone", "from datetime import datetime, timezone"),
    ("date.today(", "from datetime import date"),
    ("time(12", "from datetime import time"),
    ("timedelta(", "from datetime import timedelta"),
    ("Decimal(", "from decimal import Decimal"),
    ("Path(", "from pathlib import Path"),
    ("uuid4(", "from uuid import uuid4"),
)


def set_up_examples(package: str, class_name: str, distribution: str) -> tuple[Example, ...]:
    """How the package is installed, and a client made in both ways."""
    return (
        Example("Shell", "sh", f"pip install {distribution}"),
        Example(
            "Python", "python", f"from {package} import {class_name}\n\nclient = {class_name}()"
        ),
        Example(
            "Python, async",
            "python",
            f"from {package} import Async{class_name}\n\nclient = Async{class_name}()",
        ),
    )


def examples_of(
    spec: ConnectorSpec, row: ActionRow, action: Action, package: str, class_name: str
) -> tuple[Example, ...]:
    """Every way to call one action."""
    found = [
        Example("Python", "python", _python(row, package, class_name)),
        Example("Python, async", "python", _python_async(row, package, class_name)),
        Example("Shell", "sh", _shell(spec, row, action)),
    ]
    command = _curl(spec, action)
    if command is not None:
        found.append(Example("curl", "sh", command))
    return tuple(found)


# --- Python


def _python(row: ActionRow, package: str, class_name: str) -> str:
    body = textwrap.indent(str(row.example), "    ")
    head = _imports(body, f"from {package} import {class_name}")
    return f"{head}\n\nwith {class_name}() as client:\n{body}"


def _python_async(row: ActionRow, package: str, class_name: str) -> str:
    name = f"Async{class_name}"
    body = textwrap.indent(awaited(str(row.example), row.kind), "        ")
    head = _imports(body, f"from {package} import {name}")
    return (
        f"import asyncio\n{head}\n\n\nasync def main() -> None:\n"
        f"    async with {name}() as client:\n{body}\n\n\nasyncio.run(main())"
    )


def awaited(text: str, kind: str) -> str:
    """A call of the sync client as one of the async client."""
    if text.startswith("for "):
        call = text.removeprefix("for item in ")
        source = "await " if kind == "stream" else ""
        return f"async for item in {source}{call}"
    if kind == "download":
        call, _, saving = text.rpartition(".save(")
        return f"download = await {call}\nawait download.save({saving}"
    return re.sub(r"^(\w+ = )?client\.", r"\1await client.", text, count=1)


def _imports(body: str, own: str) -> str:
    needed = sorted({line for mark, line in _IMPORTS if mark in body})
    return "\n".join([*needed, "", own] if needed else [own])


# --- the command


def _shell(spec: ConnectorSpec, row: ActionRow, action: Action) -> str:
    words = [f"ferrule call {spec.connector}.yaml {row.key}"]
    for name, where, wire in row.arguments:
        value = _argument(spec, action, where, wire)
        if value is not None:
            words.append(_word(name, value))
    return " \\\n    ".join(words)


def _word(name: str, value: Any) -> str:
    if isinstance(value, dict | list):
        return shlex.quote(f"{name}:={json.dumps(value, ensure_ascii=False)}")
    return shlex.quote(f"{name}={_plain(value)}")


def _argument(spec: ConnectorSpec, action: Action, where: str, wire: str) -> Any:
    """A value for an argument that a caller must give; None where it may be left out."""
    if where == "path":
        return _path_value(spec, action, wire)
    sections = {"query": action.query, "header": action.headers, "cookie": action.cookies}
    if where == "input":
        shape: Shape | None = next(
            (each for key, each in action.input.items() if key == wire), None
        )
        return None if shape is None else sample(shape, spec.models, wire)
    if where == "body":
        body = action.body
        if body is None:
            return None
        named = {name: (opt, each) for _, name, opt, each in body.members}
        if wire not in named:
            whole = type_of(body) is not None or not body.members
            return sample(body, spec.models, "body") if whole and wire == "body" else None
        return _needed(spec, named[wire], wire)
    section = sections.get(where)
    named = {} if section is None else {n: (opt, each) for _, n, opt, each in section.members}
    return _needed(spec, named[wire], wire) if wire in named else None


def _needed(spec: ConnectorSpec, declared: tuple[bool, Shape], wire: str) -> Any:
    is_optional, shape = declared
    has_default = shape.default is not None or (shape.word is not None and shape.word.default)
    if is_optional or has_default or (shape.word is not None and shape.word.constant is not None):
        return None
    return sample(shape, spec.models, wire)


def _path_value(spec: ConnectorSpec, action: Action, name: str) -> Any:
    shape = action.path.get(name)
    if shape is not None:
        return sample(shape, spec.models, name)
    for part in _template(action).parts:
        if isinstance(part, ast.PathParam) and part.name == name and part.type is not None:
            word = getattr(part.type, "word", "")
            return 1 if word == "integer" else name
    return name


# --- curl


def _template(action: Action) -> ast.PathTemplate:
    for method in METHODS:
        found: ast.PathTemplate | None = getattr(action, method)
        if found is not None:
            return found
    return ast.PathTemplate(start=0, end=0, parts=())


def _curl(spec: ConnectorSpec, action: Action) -> str | None:
    """The request as a line for curl; None where it is not one request of a known method."""
    method = next((each for each in METHODS if getattr(action, each) is not None), None)
    if method is None:
        return None
    template = _template(action)
    path = ""
    for part in template.parts:
        if isinstance(part, str):
            path += part
        elif isinstance(part, ast.Reference):
            path += _variable(spec, part)
        else:
            path += _plain(_path_value(spec, action, part.name))
    base = "" if template.is_absolute else _base(spec, action)
    query = "&".join(_query(spec, action))
    url = f"{base.rstrip('/')}{path if template.is_absolute else '/' + path.lstrip('/')}"
    url += f"?{query}" if query else ""
    words = [f"curl -X {method.upper()} {_quoted(url)}", *_credentials(spec, action)]
    for name, value in _headers(spec, action):
        words.append(f"-H {_quoted(f'{name}: {value}')}")
    words += _body(spec, action)
    return " \\\n    ".join(words)


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _quoted(text: str) -> str:
    """A word for the shell in which variables stay variables."""
    escaped = re.sub(r'([\\"`])', r"\\\1", text)
    return f'"{escaped}"'


def _variable(spec: ConnectorSpec, reference: ast.Reference) -> str:
    """A setting as the variable of the environment that holds it."""
    name = reference.names[0]
    value = spec.values.get(name)
    if isinstance(value, ast.Template):
        return _text(spec, value)
    if isinstance(value, dict):
        case = next((each for key, each in value.items() if key != ".by"), None)
        return _text(spec, case) if isinstance(case, ast.Template) else ""
    return "$" + "{" + re.sub(r"[^A-Z0-9]", "_", f"{spec.connector}_{name}".upper()) + "}"


def _text(spec: ConnectorSpec, template: ast.Template) -> str:
    return "".join(
        part if isinstance(part, str) else _variable(spec, part) for part in template.parts
    )


def _base(spec: ConnectorSpec, action: Action) -> str:
    host = spec.hosts.get(action.host or "")
    template = host if host is not None else spec.base_url
    return _text(spec, template) if template is not None else ""


def _query(spec: ConnectorSpec, action: Action) -> Iterator[str]:
    for _, wire, is_optional, each in action.query.members if action.query is not None else ():
        constant = each.word.constant if each.word is not None else None
        if constant is not None:
            yield f"{wire}={_text(spec, constant)}"
        else:
            value = _needed(spec, (is_optional, each), wire)
            if value is not None and not isinstance(value, dict | list):
                yield f"{wire}={_plain(value)}"


def _headers(spec: ConnectorSpec, action: Action) -> Iterator[tuple[str, str]]:
    for _, wire, is_optional, each in action.headers.members if action.headers is not None else ():
        constant = each.word.constant if each.word is not None else None
        type_ = type_of(each)
        if constant is not None:
            yield wire, _text(spec, constant)
        elif not is_optional and not (isinstance(type_, ast.WordType) and type_.word == "none"):
            value = _needed(spec, (is_optional, each), wire)
            if value is not None:
                yield wire, _plain(value)


def _credentials(spec: ConnectorSpec, action: Action) -> list[str]:
    """What proves who calls, for the kinds that are a line of their own."""
    auth = _auth(spec, action)
    if auth is None:
        return []
    if auth.basic is not None:
        pair = f"{_text(spec, auth.basic.username)}:{_text(spec, auth.basic.password)}"
        return [f"-u {_quoted(pair)}"]
    if auth.token is not None:
        apply = auth.token.apply
        name = "Authorization" if apply is None or not apply.name else apply.name
        value = _text(spec, auth.token.value)
        if apply is None or name.lower() == "authorization":
            scheme = _text(spec, auth.token.scheme) if auth.token.scheme is not None else "Bearer"
            value = f"{scheme} {value}" if scheme != "none" else value
        if apply is not None and apply.where == "query":
            return []
        return [f"-H {_quoted(f'{name}: {value}')}"]
    if auth.oauth2 is not None:
        return [f"-H {_quoted('Authorization: Bearer $ACCESS_TOKEN')}"]
    return []


def _auth(spec: ConnectorSpec, action: Action) -> Auth | None:
    words = action.auth
    if words == ["none"]:
        return None
    found = spec.auth
    if words or isinstance(found, str):
        name = words[0].split("+")[0].strip() if words else str(found)
        kinds = {**spec.auths, **((found.one_of or {}) if isinstance(found, Auth) else {})}
        return kinds.get(name)
    if found is not None and found.one_of:
        return next(iter(found.one_of.values()))
    return found if isinstance(found, Auth) else None


def _body(spec: ConnectorSpec, action: Action) -> list[str]:
    shape = action.body
    send = str(action.send or spec.send or "json")
    if shape is None and action.bodies:
        send, shape = next(iter(action.bodies.items()))
    if shape is None:
        return []
    value = sample(shape, spec.models, "body")
    if send in ("form", "multipart") and isinstance(value, dict):
        flag = "-F" if send == "multipart" else "--data-urlencode"
        inner = {key: each for key, each in value.items() if not isinstance(each, dict | list)}
        return [f"{flag} {shlex.quote(f'{key}={_plain(each)}')}" for key, each in inner.items()]
    kind = MEDIA.get(send, send if "/" in send else "application/json")
    if send == "bytes":
        return [f"-H {_quoted(f'Content-Type: {kind}')}", "--data-binary @file.bin"]
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)
    return [f"-H {_quoted(f'Content-Type: {kind}')}", f"-d {shlex.quote(text)}"]
