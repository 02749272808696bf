"""Spells the functions of an author: where operations find them, and the proof of their types."""

from __future__ import annotations

from ferrule import naming
from ferrule.forms.code import Code
from ferrule.forms.hooks import OF_EVERY_REQUEST, SLOTS, HookName, effective_hooks
from ferrule.forms.package import HooksModule
from ferrule.forms.spec import Action, ConnectorSpec
from ferrule.python_text import assigned, docstring, import_groups, literal, name

_HOME = "hooks"


def hooks_of(spec: ConnectorSpec, action: Action) -> dict[str, HookName]:
    """The functions that hold for an action, by slot."""
    return effective_hooks(dict(spec.hooks), dict(action.hooks))


def hooks_code(package: str, found: dict[str, HookName]) -> Code | None:
    """`{"extract": "acme_connector.hooks.rows:extract"}`, without the one that pages."""
    ways = {slot: way_of(package, each) for slot, each in found.items() if slot != "paginate"}
    return literal(ways) if ways else None


def way_of(package: str, found: HookName) -> str:
    """`acme_connector.hooks.rows:extract`."""
    return f"{package}.hooks.{found.module}:{found.function}"


def of_every_request(found: dict[str, HookName]) -> dict[str, HookName]:
    """The functions that also count before the last of several requests."""
    return {slot: each for slot, each in found.items() if slot in OF_EVERY_REQUEST}


def hooks_module(spec: ConnectorSpec) -> HooksModule:
    """`hooks/__init__.py`: each function is said to be what its slot needs."""
    used: dict[str, tuple[str, HookName]] = {}
    for hooks in (spec.hooks, *(action.hooks for action in spec.actions.values())):
        for slot, found in effective_hooks({}, dict(hooks)).items():
            used.setdefault(f"{slot}_{found.module}_{found.function}", (slot, found))
    lines = []
    for key, (slot, found) in sorted(used.items()):
        protocol = name(SLOTS[slot][0], "ferrule_runtime.hooks")
        alias = f"_{found.module}_{found.function}"
        function = name(found.function, f".hooks.{found.module}", alias)
        lines.append(assigned(name(f"_{naming.snake(key)}"), function, protocol))
    late = {each for line in lines for each in line.imports}
    return HooksModule(
        doc=docstring("Functions of the author of the spec, and what each of them is given."),
        late_imports=import_groups(late, "hooks.__init__"),
        lines=tuple(lines),
    )
