"""Makes the module of error classes: the built-in tree under a base of its own, and the spec's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from ferrule import naming
from ferrule.document_text import markdown, markdown_cell
from ferrule.forms.code import Code, Import
from ferrule.forms.package import ClassIR, ErrorRow, ErrorsModule, FieldIR
from ferrule.forms.spec import OUTCOMES, ConnectorSpec, Errors
from ferrule.forms.tree import Path
from ferrule.passes.resolve.declare import Declarer
from ferrule.passes.resolve.findings import Teller
from ferrule.passes.resolve.spelling import Spelling
from ferrule.passes.resolve.types import NULL, Type, one_of
from ferrule.python_text import (
    assigned,
    attribute,
    call,
    declared,
    dict_of,
    docstring,
    import_groups,
    join,
    literal,
    name,
)

# The tree of the runtime: each class, its base in this package (empty for the two of the package
# itself, which are named after it), and what it says.
BUILT_IN = {
    "BadRequest": ("status", "400: the service does not understand the request."),
    "Unauthorized": ("status", "401: the credentials are missing, wrong, or no longer good."),
    "Forbidden": ("status", "403: the credentials are good and not enough."),
    "NotFound": ("status", "404: there is no such thing, or it is hidden."),
    "Conflict": ("status", "409: the state of the service does not allow it."),
    "Unprocessable": ("status", "422: the request is understood and its content is refused."),
    "RateLimited": ("status", "429, or 503 with Retry-After: too much in too little time."),
    "ServerError": ("status", "5xx: the service failed."),
    "BadGateway": ("ServerError", "502: something in front of the service failed."),
    "ServiceUnavailable": ("ServerError", "503: the service is down or overloaded."),
    "Redirected": ("status", "3xx that is not followed."),
    "ConnectionFailed": ("base", "No answer came."),
    "Timeout": ("ConnectionFailed", "No answer came in time."),
    "InvalidResponse": ("base", "An answer came and is not what was declared."),
    "InvalidRequest": ("base", "An argument that cannot be sent."),
    "ReconnectRequired": (
        "base",
        "The access was revoked or ran out: a person must connect again.",
    ),
    "ConfigurationError": ("base", "A setting is missing or malformed."),
    "PagingLoop": ("base", "The service gave a page that it has given before."),
    "RefusedUrl": ("base", "A URL that leads away from the service's own origins."),
    "WebhookRefused": (
        "base",
        "A webhook that the service did not send, or sent too long ago.",
    ),
    "JobFailed": ("base", "A job that the service ended without a result."),
    "PartialFailure": ("base", "Some items of a list of results have failed: `failed`, `result`."),
}


def own_errors(spec: ConnectorSpec, teller: Teller) -> dict[str, Path]:
    """The error classes that the spec names, each with where it is named first."""
    found: dict[str, Path] = {}
    blocks: list[tuple[Errors, Path]] = []
    if spec.errors is not None:
        blocks.append((spec.errors, ("errors",)))
    for key, action in spec.actions.items():
        if action.errors is not None:
            blocks.append((action.errors, ("actions", key, "errors")))
    for block, path in blocks:
        for word, place in _named(block, path):
            if word not in OUTCOMES and word not in BUILT_IN and word != "StatusError":
                found.setdefault(teller.named(word, word, place, fix="name a class"), place)
    return found


def _named(errors: Errors, path: Path) -> Iterator[tuple[str, Path]]:
    for number, rule in enumerate(errors.rules):
        yield rule.then, (*path, "rules", number, "then")
    for word, code in errors.codes.items():
        yield word, (*path, "codes", word)
        if code.then is not None:
            yield code.then, (*path, "codes", word, "then")
    for word, status in errors.statuses.items():
        yield word, (*path, "statuses", word)
        if status.then is not None:
            yield status.then, (*path, "statuses", word, "then")


class ErrorTypes(Struct, frozen=True):
    """What bodies and details of errors are read as, by (action, status or `details`).

    `of_class` are the types of the bodies of each class.
    """

    types: dict[tuple[str, int | str], Type] = field(default_factory=dict)
    of_class: dict[str, Type] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Type]:
        return iter(self.types.values())


def error_types(declarer: Declarer, spec: ConnectorSpec) -> ErrorTypes:
    """Reads the types that the errors of a connector and its actions name."""
    types: dict[tuple[str, int | str], Type] = {}
    of_class: dict[str, list[Type]] = {}
    blocks = [("", spec.errors), *((key, each.errors) for key, each in spec.actions.items())]
    for owner, errors in blocks:
        if errors is None:
            continue
        if errors.details is not None and errors.details.as_type is not None:
            types[owner, "details"] = declarer.of_word(errors.details.as_type)
        for word, outcome in errors.statuses.items():
            if outcome.body is None:
                continue
            read = declarer.of_word(outcome.body)
            types.update({(owner, status): read for status in outcome.statuses})
            if word not in OUTCOMES:
                of_class.setdefault(word, []).append(read)
    return ErrorTypes(types, {word: one_of(*each) for word, each in of_class.items()})


def errors_module(
    spec: ConnectorSpec,
    class_name: str,
    own: dict[str, Path],
    spelling: Spelling,
    typed: ErrorTypes,
) -> ErrorsModule:
    """`errors.py`."""
    base, status = f"{class_name}Error", f"{class_name}StatusError"
    bases = {"base": base, "status": status}
    title = spec.title or spec.connector
    details = typed.types.get(("", "details"))
    only_one = all(action.errors is None or action.errors.details is None
                   for action in spec.actions.values())  # fmt: skip
    of_base = [assigned(name("connector"), literal(spec.connector))]
    if details is not None and only_one:
        shown = spelling.shown(one_of(details, NULL))
        of_base.append(declared(name("details"), shown))
    classes = [
        _class(base, [_runtime("ConnectorError")], f"Anything that {title} raises.", of_base),
        _class(
            status, [name(base), _runtime("StatusError")], "The service answered with an error."
        ),
    ]
    bodies = {
        word: [declared(name("body"), spelling.shown(one_of(type_, NULL)))]
        for word, type_ in typed.of_class.items()
    }
    for word, (below, doc) in BUILT_IN.items():
        inner = [name(bases.get(below, below)), _runtime(word)]
        classes.append(_class(word, inner, doc, bodies.get(word, [])))
    classes += [
        _class(word, [name(status)], _doc_of(spec, word), bodies.get(word, [])) for word in own
    ]
    table = {"StatusError": name(status)} | {word: name(word) for word in (*BUILT_IN, *own)}
    read = {key: spelling.read(type_) for key, type_ in typed.types.items()}
    annotations = {each for made in classes for one in made.fields for each in one.line.imports}
    needed = {Import("ferrule_runtime", "errors", "base")}
    if read:
        needed |= {Import("typing", "TYPE_CHECKING"), Import("typing", "Any")}
    arguments = [name(base), dict_of(table), *([name("_types")] if read else [])]
    return ErrorsModule(
        doc=docstring(f"Errors of {title}."),
        imports=import_groups(needed, "errors"),
        late_imports=import_groups(annotations, "errors"),
        classes=tuple(classes),
        types=rows_of(read) if read else None,
        type_imports=import_groups({i for each in read.values() for i in each.imports}, "errors"),
        table=assigned(name("TABLE"), call(_runtime("ErrorTable"), *arguments)),
    )


def rows_of(read: dict[tuple[str, int | str], Code]) -> Code:
    """`{("", 422): Problem}`."""
    rows = [join(": ", [literal(key), each]) for key, each in read.items()]
    return join("", [Code("{"), join(", ", rows), Code("}")])


def _runtime(word: str) -> Code:
    return attribute(name("base"), word)


def _class(word: str, bases: list[Code], doc: str, lines: Sequence[Code] = ()) -> ClassIR:
    fields = tuple(FieldIR(line=each) for each in lines)
    return ClassIR(name=name(word), bases=join(", ", bases), doc=docstring(doc, 4), fields=fields)


def _doc_of(spec: ConnectorSpec, word: str) -> str:
    """What a class of the spec stands for: its codes and statuses."""
    codes: list[str] = []
    statuses: list[str] = []
    blocks = [spec.errors, *(action.errors for action in spec.actions.values())]
    for block in blocks:
        if block is None:
            continue
        codes += [str(code) for code in (block.codes[word].codes if word in block.codes else ())]
        found = block.statuses[word].statuses if word in block.statuses else ()
        statuses += [str(status) for status in found]
    parts = []
    if statuses:
        parts.append(f"Status {', '.join(dict.fromkeys(statuses))}")
    if codes:
        parts.append(f"code {', '.join(dict.fromkeys(codes))}")
    text = "; ".join(parts) or f"The service says {naming.snake(word).replace('_', ' ')}"
    return f"{text[:1].upper()}{text[1:]}."


def error_rows(spec: ConnectorSpec, class_name: str, own: dict[str, Path]) -> tuple[ErrorRow, ...]:
    """The README's table of errors."""
    rows = [(f"{class_name}Error", "The base of all.")]
    rows += [(word, doc) for word, (_, doc) in BUILT_IN.items()]
    rows += [(word, _doc_of(spec, word)) for word in own]
    return tuple(ErrorRow(name=markdown_cell(word), doc=markdown(doc)) for word, doc in rows)
