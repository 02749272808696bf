"""Makes what a package tells people and installers: README and pyproject."""

from __future__ import annotations

from collections.abc import Iterator
from json import dumps
from textwrap import wrap
from typing import get_args

from ferrule import naming
from ferrule.document_text import (
    markdown,
    markdown_block,
    markdown_cell,
    markdown_code,
    markdown_lines,
    markdown_link,
    toml,
)
from ferrule.forms.code import Code
from ferrule.forms.fields import Form
from ferrule.forms.package import (
    ActionRow,
    ErrorRow,
    ExampleRow,
    ProjectIR,
    ReadmeIR,
    SettingRow,
    SignInRow,
)
from ferrule.forms.spec import ConnectorSpec
from ferrule.passes.resolve.examples import example_call
from ferrule.passes.resolve.methods import MethodWriter, request_text
from ferrule.passes.resolve.resources import Resource
from ferrule.passes.resolve.scopes import kinds_of, signs_in
from ferrule.passes.resolve.signatures import Signature
from ferrule.passes.resolve.spelling import Spelling
from ferrule.words import ast

RUNTIME_REQUIREMENT = "ferrule-runtime>=0.1,<0.2"

WITHOUT_PLACES = (*get_args(ast.TypeExpr), ast.Param, ast.PathTemplate, ast.Template)
"""Words that no place stands in."""
_WITHOUT_PLACES = frozenset((*WITHOUT_PLACES, str, int, float, bool, type(None)))


def distribution_name(spec: ConnectorSpec) -> str:
    """`zendesk-connector`."""
    return f"{naming.snake(spec.connector).replace('_', '-')}-connector"


def package_name(spec: ConnectorSpec) -> str:
    """`zendesk_connector`."""
    return naming.package(spec.connector)


def project(spec: ConnectorSpec) -> ProjectIR:
    """`pyproject.toml`."""
    package = package_name(spec)
    title = spec.title or spec.connector
    extras = ",".join(_extras(spec))
    needs = RUNTIME_REQUIREMENT
    if extras:
        needs = needs.replace("ferrule-runtime", f"ferrule-runtime[{extras}]")
    docs = spec.docs
    return ProjectIR(
        name=toml(distribution_name(spec)),
        version=toml(spec.version),
        description=toml(" ".join(f"A typed client for {title}.".split())),
        requires_python=toml(">=3.11"),
        dependencies=toml([needs]),
        keywords=toml(
            ["api", "client", "connector", distribution_name(spec)[: -len("-connector")]]
        ),
        documentation=None if docs is None else toml(docs),
        entry_point=toml(spec.connector),
        entry_value=toml(f"{package}:CONNECTOR"),
        package=toml(package),
    )


def _extras(spec: ConnectorSpec) -> Iterator[str]:
    """The extras of the runtime that the package cannot do without."""
    if _needs_jsonpath(spec):
        yield "jsonpath"
    if any(kind.jwt is not None for kind in kinds_of(spec)):
        yield "jwt"
    if spec.tls is not None and spec.tls.pfx is not None:
        yield "pfx"
    if spec.proxy is not None:
        yield "socks"


def _needs_jsonpath(spec: ConnectorSpec) -> bool:
    """Whether some place is read by the general engine, which is an extra of the runtime."""
    ahead: list[object] = [spec]
    while ahead:
        value = ahead.pop()
        kind = type(value)
        if kind in _WITHOUT_PLACES:
            continue
        if isinstance(value, Form):
            ahead += [getattr(value, name) for name in value.said]
        elif isinstance(value, ast.BodyPath):
            if value.steps is None:
                return True
        elif isinstance(value, ast.Node):
            ahead += [getattr(value, slot) for slot in value.__struct_fields__]
        elif isinstance(value, dict):
            ahead += value.values()
        elif isinstance(value, list | tuple):
            ahead += value
    return False


def readme(
    spec: ConnectorSpec,
    spelling: Spelling,
    root: Resource,
    signatures: dict[str, Signature],
    settings: tuple[SettingRow, ...],
    sign_ins: tuple[SignInRow, ...],
    errors: tuple[ErrorRow, ...],
    class_name: str,
) -> ReadmeIR:
    """`README.md`."""
    title = spec.title or spec.connector
    writer = MethodWriter(spec, spelling.of_signatures(), is_async=False)
    rows = tuple(_rows(writer, spelling, root, signatures))
    package = package_name(spec)
    first = rows[0].example if rows else Code("...")
    return ReadmeIR(
        title=markdown(title),
        description=markdown_lines(spec.description) if spec.description else None,
        docs=(
            None if spec.docs is None else markdown_link("Documentation of the service", spec.docs)
        ),
        distribution=Code(distribution_name(spec)),
        class_name=class_name,
        start=markdown_block(_start(package, class_name, first)),
        sign_in=markdown_code(f"python -m {package} login") if signs_in(spec) else None,
        settings=settings,
        sign_ins=sign_ins,
        actions=rows,
        examples=tuple(_examples(spelling, root, signatures)),
        errors=errors,
        testing=markdown_block(_testing(package)),
    )


def _rows(
    writer: MethodWriter, spelling: Spelling, root: Resource, signatures: dict[str, Signature]
) -> Iterator[ActionRow]:
    for resource in root.walk():
        way = tuple(_way(root, resource))
        for plan in resource.plans:
            signature = signatures[plan.key]
            method = (*way, resource.methods[plan.key])
            summary = (plan.action.summary or plan.action.description or "").strip()
            yield ActionRow(
                key=plan.key,
                kind=plan.result.kind,
                arguments=tuple(
                    (each.name, each.where, each.member.wire) for each in signature.arguments
                ),
                name=markdown_cell(".".join(method)),
                request=markdown_cell(request_text(plan)),
                returns=markdown_cell(writer.result_text(signature)),
                doc=markdown(summary.split("\n\n")[0]),
                example=example_call(spelling.declarations, signature, method),
            )


def _examples(
    spelling: Spelling, root: Resource, signatures: dict[str, Signature]
) -> Iterator[ExampleRow]:
    """Each example as a call, with the answer in a comment behind it."""
    for resource in root.walk():
        way = tuple(_way(root, resource))
        for plan in resource.plans:
            method = (*way, resource.methods[plan.key])
            for name, example in plan.action.examples.items():
                made = example_call(
                    spelling.declarations, signatures[plan.key], method, dict(example.request)
                )
                told = f"{example.status or 200}"
                if example.response is not None:
                    told += " " + dumps(example.response, ensure_ascii=False)
                lines = "\n".join(f"# {line}" for line in wrap(told, 110))
                title = markdown(f"{'.'.join(method)}: {name.replace('_', ' ')}")
                yield ExampleRow(title=title, block=markdown_block(Code(f"{made}\n{lines}")))


def _way(root: Resource, resource: Resource) -> Iterator[str]:
    at = root
    for key in resource.keys:
        at = at.children[key]
        yield at.attribute


def _start(package: str, class_name: str, first: Code) -> Code:
    body = str(first).replace("\n", "\n    ")
    return Code(f"from {package} import {class_name}\n\nwith {class_name}() as client:\n    {body}")


def _testing(package: str) -> Code:
    return Code(
        f"from {package} import testing\n\nwith testing.mock() as service:\n"
        f"    client = service.client()  # it reaches no network"
    )
