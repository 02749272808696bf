"""Makes the module that helps to test: a service in memory that answers as told."""

from __future__ import annotations

from collections.abc import Iterator

from ferrule.forms.code import Code, Import
from ferrule.forms.package import AttributeIR, MockIR, TestingModule
from ferrule.forms.spec import ConnectorSpec
from ferrule.passes.resolve.operations import ActionPlan
from ferrule.passes.resolve.resources import PLAIN, Resource, ResourceWriter
from ferrule.passes.resolve.spelling import Spelling
from ferrule.python_text import (
    assigned,
    attribute,
    call,
    docstring,
    import_groups,
    imported,
    join,
    literal,
    name,
    returned,
    without_imports,
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
    mocks = tuple(_mock(spelling, writer, each) for each in root.walk() if each.keys)
    needed = {
        Import("._connector", "CONNECTOR"),
        Import("typing", "TYPE_CHECKING"),
        *library("MockService").imports,
    }
    if any(each.plans for each in root.walk()):
        needed |= library("MockAction").imports
        needed.add(Import("functools", "cached_property"))
    service = MockIR(
        name=name("Service"),
        base=library("MockService"),
        doc=docstring(f"{title}, answering as told. An action that was not told fails.", 4),
        init=Code("def __init__(self) -> None"),
        lines=(call(join(".", [call(name("super")), name("__init__")]), name("CONNECTOR")),),
        actions=tuple(_actions(spelling, writer, root)),
        children=_children(root, name("self")),
    )
    late = {Import(".client", class_name), Import(".client", f"Async{class_name}")}
    return TestingModule(
        doc=docstring(f"Stands in for {title} in tests: no request leaves the process."),
        imports=import_groups(needed, _HOME),
        late_imports=import_groups(late, _HOME),
        mocks=(*mocks, service),
        sync_client=name(class_name),
        async_client=name(f"Async{class_name}"),
    )


def _mock(spelling: Spelling, writer: ResourceWriter, resource: Resource) -> MockIR:
    return MockIR(
        name=name(f"{resource.class_name}Mock"),
        base=Code(""),
        doc=docstring(f"Answers of {resource.dotted}.", 4),
        init=Code("def __init__(self, service: MockService) -> None"),
        lines=(assigned(attribute(name("self"), "_service"), name("service")),),
        actions=tuple(_actions(spelling, writer, resource)),
        children=_children(resource, attribute(name("self"), "_service")),
    )


def _actions(spelling: Spelling, writer: ResourceWriter, resource: Resource) -> list[AttributeIR]:
    """One property an action, so that a test imports only what it uses."""
    module = f".resources.{resource.module or PLAIN}"
    owner = attribute(name("self"), "_service") if resource.keys else name("self")
    made = []
    for plan in resource.plans:
        constant = name(writer.constant(resource, plan), module)
        action = without_imports(spelling.library("MockAction"))
        made.append(
            AttributeIR(
                name=_attribute(resource, resource.methods[plan.key]),
                result=action,
                doc=docstring(f"Answers of {plan.key}.", 8),
                lines=(
                    imported(constant, _HOME),
                    returned(call(action, owner, without_imports(constant), *_told(plan))),
                ),
            )
        )
    return made


def _told(plan: ActionPlan) -> Iterator[Code]:
    """The examples of an action: status, headers and body, by name."""
    if plan.action.examples:
        yield literal(
            {
                name: (each.status or 200, dict(each.headers), each.response)
                for name, each in plan.action.examples.items()
            }
        )


def _children(resource: Resource, owner: Code) -> tuple[AttributeIR, ...]:
    return tuple(
        AttributeIR(
            name=_attribute(resource, child.attribute),
            result=name(f"{child.class_name}Mock"),
            doc=docstring(f"Answers of {child.dotted}.", 8),
            lines=(returned(call(name(f"{child.class_name}Mock"), owner)),),
        )
        for child in resource.children.values()
    )


def _attribute(resource: Resource, wanted: str) -> Code:
    return name(f"{wanted}_" if not resource.keys and wanted in _TAKEN else wanted)
