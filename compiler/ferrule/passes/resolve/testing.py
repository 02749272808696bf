"""Makes the module that helps to test: a service in memory that answers as told."""

from __future__ import annotations

from ferrule.forms.code import Code, Import
from ferrule.forms.package import MockIR, TestingModule
from ferrule.forms.spec import ConnectorSpec
from ferrule.passes.resolve.operations import ActionPlan
from ferrule.passes.resolve.resources import PLAIN, Resource, ResourceWriter
from ferrule.passes.resolve.spelling import Spelling
from ferrule.python_text import (
    assigned,
    call,
    docstring,
    import_groups,
    literal,
    name,
    relative,
)

_HOME = "testing"
# What the service of a package has besides its actions.
_TAKEN = ("calls", "client", "async_client")


def testing_module(
    spec: ConnectorSpec,
    spelling: Spelling,
    writer: ResourceWriter,
    root: Resource,
    class_name: str,
) -> TestingModule:
    """`testing.py`."""
    library, title = spelling.library, spec.title or spec.connector
    resources = [
        MockIR(
            name=_class_of(each),
            base=library("MockResource"),
            doc=docstring(f"Answers of {each.dotted}.", 4),
            lines=_lines(spelling, writer, each),
        )
        for each in sorted(root.walk(), key=lambda each: -len(each.keys))
        if each.keys
    ]
    service = MockIR(
        name=name("Service"),
        base=library("MockService"),
        doc=docstring(f"{title}, answering as told. An action that was not told fails.", 4),
        lines=_lines(spelling, writer, root),
    )
    needed = {Import("._connector", "CONNECTOR"), Import("typing", "TYPE_CHECKING")}
    mocks = (*resources, service)
    for mock in mocks:
        needed |= mock.base.imports
        needed.update(*(line.imports for line in mock.lines))
    late = {Import(".client", class_name), Import(".client", f"Async{class_name}")}
    return TestingModule(
        doc=docstring(f"Stands in for {title} in tests: no request leaves the process."),
        imports=import_groups(needed, _HOME),
        late_imports=import_groups(late, _HOME),
        mocks=mocks,
        sync_client=name(class_name),
        async_client=name(f"Async{class_name}"),
    )


def _class_of(resource: Resource) -> Code:
    return name(f"{resource.class_name}Mock")


def _lines(spelling: Spelling, writer: ResourceWriter, resource: Resource) -> tuple[Code, ...]:
    """One a resource and one an action; a test imports only what it uses."""
    library = spelling.library
    made = [
        assigned(_attribute(resource, each.attribute), call(library("MockedPart"), _class_of(each)))
        for each in resource.children.values()
    ]
    module = literal(relative(f"resources.{resource.module or PLAIN}", _HOME))
    for plan in resource.plans:
        constant = literal(writer.constant(resource, plan))
        mocked = call(library("Mocked"), module, constant, *_examples(plan))
        made.append(assigned(_attribute(resource, resource.methods[plan.key]), mocked))
    return tuple(made)


def _examples(plan: ActionPlan) -> tuple[Code, ...]:
    """The examples of an action, if it has any: status, headers and body, by name."""
    if not plan.action.examples:
        return ()
    told = {
        name: (each.status or 200, dict(each.headers), each.response)
        for name, each in plan.action.examples.items()
    }
    return (literal(told),)


def _attribute(resource: Resource, wanted: str) -> Code:
    return name(f"{wanted}_" if not resource.keys and wanted in _TAKEN else wanted)
