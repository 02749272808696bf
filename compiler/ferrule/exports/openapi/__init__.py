"""Writes a connector as an OpenAPI 3.1 document."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

from ferrule.diagnostics import Report
from ferrule.exports.openapi.answers import around, keys_of_place
from ferrule.exports.openapi.losses import Losses
from ferrule.exports.openapi.operations import Operations
from ferrule.exports.openapi.schemas import Schemas, type_of
from ferrule.exports.openapi.security import Security
from ferrule.forms.spec import ConnectorSpec
from ferrule.forms.tree import SpecTree
from ferrule.words import ast

__all__ = ["openapi_document"]

# What OpenAPI has no words for, or other ones: the extension `x-ferrule` keeps it as it is written.
_KEPT = frozenset((
    "connector", "version", "class", "base_url", "hosts", "settings", "values", "auth", "auths",
    "headers", "query", "cookies", "send", "arrays", "rate_limit", "rate_limits", "concurrency",
    "min_interval", "observe", "idempotency_key", "retry", "timeout", "paging", "pagings",
    "envelope", "errors", "test", "share", "tls", "proxy", "socket", "triggers",
))  # fmt: skip


def openapi_document(spec: ConnectorSpec, tree: SpecTree, report: Report) -> dict[str, Any]:
    """The document, in the order in which people read one. The report hears what it cannot say."""
    writer = _Writer(spec, tree, Losses(tree, report))
    return writer.document()


class _Writer(Struct):
    spec: ConnectorSpec
    tree: SpecTree
    losses: Losses

    def document(self) -> dict[str, Any]:
        spec = self.spec
        schemas = Schemas(spec.models, self.losses)
        security = Security(spec, self.tree.data, self.losses)
        requirements = security.requirements()
        info: dict[str, Any] = {"title": spec.title or spec.connector, "version": spec.version}
        if spec.description:
            info["description"] = spec.description
        found: dict[str, Any] = {"openapi": "3.1.0", "info": info}
        if spec.docs:
            found["externalDocs"] = {"url": spec.docs}
        servers = self._servers()
        if servers:
            found["servers"] = servers
        if requirements:
            found["security"] = requirements
        operations = Operations(spec, self.tree.data, schemas, security)
        found["paths"] = operations.paths()
        tags = operations.tags
        if tags:
            found["tags"] = [{"name": each} for each in tags]
        webhooks = self._webhooks(schemas)
        if webhooks:
            found["webhooks"] = webhooks
        if spec.hooks:
            self.losses.tell(("hooks",), "functions of your own are not said")
        components: dict[str, Any] = {}
        models = {name: schemas.of_model(name) for name in spec.models}
        if models:
            components["schemas"] = models
        if operations.has_failures:
            components["responses"] = {"Failure": operations.failure()}
        if security.schemes:
            components["securitySchemes"] = security.schemes
        if components:
            found["components"] = components
        found["x-ferrule"] = self._extension(operations.order_of(found["paths"]))
        return found

    def _extension(self, order: list[str]) -> dict[str, Any]:
        """What OpenAPI has no words for, and the order of the actions where it is another one."""
        data = self.tree.data
        found = {key: data[key] for key in data if key in _KEPT}
        return {**found, "order": order} if order else found

    # --- webhooks

    def _webhooks(self, schemas: Schemas) -> dict[str, Any]:
        """What the service sends by itself, by the name of the event."""
        found: dict[str, Any] = {}
        for name, trigger in self.spec.triggers.items():
            webhook = trigger.webhook
            for event, type_ in webhook.events.items() if webhook is not None else ():
                schema = schemas.of_type(type_, ("triggers", name, "webhook", "events", event))
                data = webhook.data if webhook is not None else None
                keys = keys_of_place(data) if data is not None else ()
                body = {"application/json": {"schema": around(schema, keys or ())}}
                found[event] = {
                    "post": {
                        "requestBody": {"required": True, "content": body},
                        "responses": {"200": {"description": "Received."}},
                    }
                }
        return found

    # --- servers

    def _servers(self) -> list[dict[str, Any]]:
        template = self.spec.base_url
        if template is None:
            return []
        return self._choices(template) or [self._server(template)]

    def _choices(self, template: ast.Template) -> list[dict[str, Any]]:
        """A server for each case of a base URL that is a choice by a setting."""
        part = template.parts[0] if len(template.parts) == 1 else None
        if not isinstance(part, ast.Reference) or len(part.names) != 1:
            return []
        value = self.spec.values.get(part.names[0])
        if not isinstance(value, dict):
            return []
        return [
            {**self._server(each), "description": key}
            for key, each in value.items()
            if key != ".by" and isinstance(each, ast.Template)
        ]

    def _server(self, template: ast.Template) -> dict[str, Any]:
        url, variables = "", {}
        for part in template.parts:
            if isinstance(part, str):
                url += part
                continue
            name = re.sub(r"[^A-Za-z0-9_]", "_", "_".join(part.names))
            url += f"{{{name}}}"
            variables[name] = self._variable(part.names[0])
        found: dict[str, Any] = {"url": url}
        if variables:
            found["variables"] = variables
        return found

    def _variable(self, name: str) -> dict[str, Any]:
        shape = self.spec.settings.get(name) or self.spec.settings.get(f"{name}?")
        if shape is None:
            return {"default": name}
        type_ = type_of(shape)
        found: dict[str, Any] = {}
        if isinstance(type_, ast.EnumType):
            found["enum"] = [str(each) for each in type_.values]
        default = shape.default
        if default is None and shape.word is not None and shape.word.default is not None:
            default = shape.word.default.value
        fallback = found["enum"][0] if "enum" in found else shape.example
        found["default"] = str(default if default is not None else fallback or name)
        if shape.doc:
            found["description"] = shape.doc
        return found
