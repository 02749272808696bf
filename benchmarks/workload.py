"""A spec with any number of actions, and the OpenAPI document that describes the same service."""

import json
from pathlib import Path
from typing import Any

THINGS = (
    "account",
    "invoice",
    "customer",
    "payment",
    "ledger",
    "refund",
    "order",
    "shipment",
    "product",
    "catalog",
    "price",
    "discount",
    "contact",
    "ticket",
    "message",
    "channel",
    "member",
    "project",
    "task",
    "comment",
    "file",
    "folder",
    "report",
    "webhook",
    "event",
    "session",
    "device",
    "location",
    "region",
    "team",
)
FIELDS = (
    ("id", "string", {"type": "string"}),
    ("name", "string", {"type": "string"}),
    ("status", "enum(active | archived)", {"type": "string", "enum": ["active", "archived"]}),
    ("amount?", "number", {"type": "number"}),
    ("created_at?", "datetime", {"type": "string", "format": "date-time"}),
    ("is_shared?", "boolean", {"type": "boolean"}),
    ("tags?", "list(string)", {"type": "array", "items": {"type": "string"}}),
    ("position?", "integer", {"type": "integer"}),
)
VERBS = (
    ("list", "get", ""),
    ("create", "post", ""),
    ("get", "get", "/{id}"),
    ("update", "patch", "/{id}"),
    ("delete", "delete", "/{id}"),
    ("archive", "post", "/{id}/archive"),
    ("restore", "post", "/{id}/restore"),
    ("search", "get", "/search"),
    ("export", "get", "/{id}/export"),
    ("clone", "post", "/{id}/clone"),
)
QUERY = (
    ("expand", "list(string)", {"type": "array", "items": {"type": "string"}}),
    ("include_archived", "boolean", {"type": "boolean"}),
    ("order", "string", {"type": "string"}),
)


def resource_names(actions: int) -> list[str]:
    """One resource for each ten actions."""
    return [f"{THINGS[n % len(THINGS)]}_{n:04d}" for n in range(max(1, actions // len(VERBS)))]


def class_name(resource: str) -> str:
    """The model of a resource."""
    return "".join(part.title() for part in resource.split("_"))


def spec_text(actions: int) -> str:
    """The spec, as YAML."""
    lines = [
        "ferrule: 1",
        "connector: acme",
        "version: 1.4.0",
        "title: Acme Cloud",
        "base_url: https://api.acme.example/v1",
        "settings: {api_key: secret}",
        'auth: {token: "${api_key}"}',
        "rate_limit: 100/second",
        "paging:",
        "  cursor: $.next",
        "  into: query.cursor",
        "  size: {in: query.limit, default: 100, max: 1000}",
        "errors: {code: $.error.code, message: $.error.message}",
        "actions:",
    ]
    for resource in resource_names(actions):
        model = class_name(resource)
        for verb, method, suffix in VERBS:
            lines += [
                f"  {resource}.{verb}:",
                f"    summary: {verb.title()} records of {resource.replace('_', ' ')}.",
                f"    {method}: /{resource}{suffix}",
            ]
            if method == "get":
                lines.append("    query:")
                lines += [
                    f"      {name}?: {{.type: {word}, .doc: The {name} to apply.}}"
                    for name, word, _ in QUERY
                ]
            if verb in ("create", "update"):
                lines.append("    body:")
                lines += [f"      {name}: {word}" for name, word, _ in FIELDS[1:]]
            if verb in ("list", "search"):
                lines.append(f"    returns: list({model}) at $.items")
            elif verb != "delete":
                lines.append(f"    returns: {model}")
    lines.append("models:")
    for resource in resource_names(actions):
        lines.append(f"  {class_name(resource)}:")
        lines += [
            f"    {name}: {{.type: {word}, .doc: The {name.rstrip('?')} of the record.}}"
            for name, word, _ in FIELDS
        ]
    return "\n".join(lines) + "\n"


def openapi_document(actions: int) -> dict[str, Any]:
    """The same service as OpenAPI 3.0."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    for resource in resource_names(actions):
        model = class_name(resource)
        properties = {
            name.rstrip("?"): {**schema, "description": f"The {name.rstrip('?')} of the record."}
            for name, _, schema in FIELDS
        }
        required = [name for name, _, _ in FIELDS if not name.endswith("?")]
        schemas[model] = {"type": "object", "required": required, "properties": properties}
        for verb, method, suffix in VERBS:
            paths.setdefault(f"/{resource}{suffix}", {})[method] = _operation(
                resource, verb, method, suffix
            )
    return {
        "openapi": "3.0.3",
        "info": {"title": "Acme Cloud", "version": "1.4.0"},
        "servers": [{"url": "https://api.acme.example/v1"}],
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(resource: str, verb: str, method: str, suffix: str) -> dict[str, Any]:
    model = {"$ref": f"#/components/schemas/{class_name(resource)}"}
    parameters: list[dict[str, Any]] = []
    if "{id}" in suffix:
        parameters.append(
            {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
        )
    if method == "get":
        parameters += [
            {"name": name, "in": "query", "description": f"The {name} to apply.", "schema": schema}
            for name, _, schema in QUERY
        ]
    answer: dict[str, Any] = {"description": "Good."}
    if verb in ("list", "search"):
        listed = {"items": {"type": "array", "items": model}, "next": {"type": "string"}}
        answer["content"] = {
            "application/json": {"schema": {"type": "object", "properties": listed}}
        }
        parameters += [
            {"name": "cursor", "in": "query", "schema": {"type": "string"}},
            {"name": "limit", "in": "query", "schema": {"type": "integer"}},
        ]
    elif verb != "delete":
        answer["content"] = {"application/json": {"schema": model}}
    operation: dict[str, Any] = {
        "operationId": f"{verb}_{resource}",
        "tags": [resource],
        "summary": f"{verb.title()} records of {resource.replace('_', ' ')}.",
        "parameters": parameters,
        "responses": {"204" if verb == "delete" else "200": answer},
    }
    if verb in ("create", "update"):
        fields = {name.rstrip("?"): schema for name, _, schema in FIELDS[1:]}
        required = [name for name, _, _ in FIELDS[1:] if not name.endswith("?")]
        schema = {"type": "object", "required": required, "properties": fields}
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": schema}},
        }
    return operation


def write(folder: Path, actions: int) -> tuple[Path, Path]:
    """Write both; gives their paths."""
    spec, document = folder / f"acme_{actions}.yaml", folder / f"acme_{actions}.json"
    spec.write_text(spec_text(actions), encoding="utf-8")
    document.write_text(json.dumps(openapi_document(actions)), encoding="utf-8")
    return spec, document
