"""Actions of the client itself."""

from __future__ import annotations

from typing import Any

from ferrule_runtime.contract import Case, Operation, ref, template

GET: Operation[Any] = Operation(
    "get",
    "GET",
    url=template(ref("input", "url")),
    cases={
        "json": Case(returns=Any),
        "text": Case(returns=str, media="text"),
        "binary": Case(returns=bytes, stream="bytes"),
    },
    by="response_type",
)
DELETE: Operation[Any] = Operation(
    "delete",
    "DELETE",
    url=template(ref("input", "url")),
    cases={
        "json": Case(returns=Any),
        "text": Case(returns=str, media="text"),
        "binary": Case(returns=bytes, stream="bytes"),
    },
    by="response_type",
)
POST: Operation[Any] = Operation(
    "post",
    "POST",
    url=template(ref("input", "url")),
    cases={
        "json": Case(returns=Any),
        "text": Case(returns=str, media="text"),
        "binary": Case(returns=bytes, stream="bytes"),
    },
    by="response_type",
    send="text",
)
PUT: Operation[Any] = Operation(
    "put",
    "PUT",
    url=template(ref("input", "url")),
    cases={
        "json": Case(returns=Any),
        "text": Case(returns=str, media="text"),
        "binary": Case(returns=bytes, stream="bytes"),
    },
    by="response_type",
    send="text",
)
PATCH: Operation[Any] = Operation(
    "patch",
    "PATCH",
    url=template(ref("input", "url")),
    cases={
        "json": Case(returns=Any),
        "text": Case(returns=str, media="text"),
        "binary": Case(returns=bytes, stream="bytes"),
    },
    by="response_type",
    send="text",
)
SEND_FORM: Operation[Any] = Operation(
    "send_form",
    None,
    url=template(ref("input", "url")),
    cases={
        "json": Case(returns=Any),
        "text": Case(returns=str, media="text"),
        "binary": Case(returns=bytes, stream="bytes"),
    },
    by="response_type",
    styles={"body.form_data": "spread", "body.file_data": "spread"},
    formats={"body.file_data": "file"},
    send="multipart",
)
