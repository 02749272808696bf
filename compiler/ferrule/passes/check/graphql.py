"""Proves GraphQL bodies: a document, one operation of it, and fields that are its variables."""

from __future__ import annotations

from collections.abc import Collection

from ferrule.forms.shape import Shape
from ferrule.forms.tree import Path
from ferrule.passes.check.context import Context, did_you_mean, listed, quoted
from ferrule.words import ast


def check_graphql(
    context: Context, shape: Shape, path: Path, send: str, filled: Collection[str] = ()
) -> None:
    """Check a body that has a document, or whose `send` asks for one.

    `filled` are the variables that paging always gives a value.
    """
    document = shape.document
    if document is None:
        message = "`send: graphql` needs the document in the body"
        advice = "add `.query: |` and the document; the other fields are its variables"
        if context.is_whole((*path, ".query")):
            context.at_key("missing-key", path, message, help=advice)
        return
    if send != "graphql":
        message = f"a GraphQL document cannot be sent as {send}"
        context.at_key("body-mismatch", (*path, ".query"), message, help="write `send: graphql`")
    if shape.wrap is not None:
        message = "a GraphQL body has a form of its own: nothing is put under another field"
        context.at_key("option-not-here", (*path, ".wrap"), message)
    operation = document.chosen(shape.operation)
    if operation is None:
        _tell_no_operation(context, shape, document, path)
        return
    _check_variables(context, shape, operation, path, filled)
    declared = {each.name for each in operation.variables}
    for used in (*operation.used, *document.fragments):
        if used.name not in declared:
            message = f"`${used.name}` is used and not declared by the operation"
            near = did_you_mean(used.name, declared)
            context.inside("graphql-variable", (*path, ".query"), used, message, help=near)


def _tell_no_operation(context: Context, shape: Shape, document: ast.Document, path: Path) -> None:
    names = [each.name for each in document.operations if each.name is not None]
    if shape.operation is None:
        message = f"the document has {len(document.operations)} operations"
        hint = f"say which one is asked for: `.operation: {names[0]}`" if names else None
        context.at_key("missing-key", (*path, ".query"), message, help=hint)
        return
    message = f"the document has no operation {quoted(shape.operation)}"
    advice = did_you_mean(shape.operation, names) or (f"it has {listed(names, 'and')}")
    context.at_value("unknown-choice", (*path, ".operation"), message, help=advice)


def _check_variables(
    context: Context,
    shape: Shape,
    operation: ast.DocumentOperation,
    path: Path,
    filled: Collection[str],
) -> None:
    if shape.rest is not None or shape.type is not None or shape.is_also is not None:
        return
    declared = {each.name: each for each in operation.variables}
    given: dict[str, bool] = {}
    for key, name, may_be_absent, each in shape.members:
        has_value = each.default is not None or (each.word and each.word.default is not None)
        given[name] = may_be_absent and not has_value
        if name not in declared:
            message = f"{quoted(name)} is not a variable of the operation"
            advice = did_you_mean(name, declared) or (
                f"its variables are {listed(declared, 'and')}" if declared else "it has none"
            )
            context.at_key("graphql-variable", (*path, key), message, help=advice)
    for name, variable in declared.items():
        if name not in given and variable.is_needed and name not in filled:
            message = f"nothing is given for `${name}`, which the operation needs"
            advice = f"add the field {quoted(name)} to the body"
            context.inside("graphql-variable", (*path, ".query"), variable, message, help=advice)
        elif given.get(name) and variable.is_needed:
            message = f"`${name}` may be left out here, and the operation needs it"
            advice = f"write {quoted(name)} without `?`"
            context.inside("graphql-variable", (*path, ".query"), variable, message, help=advice)
