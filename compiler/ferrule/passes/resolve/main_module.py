"""Makes the module that `python -m` runs: the command with which people sign in."""

from __future__ import annotations

from ferrule.forms.package import MainModule
from ferrule.forms.spec import ConnectorSpec
from ferrule.passes.resolve.scopes import signs_in
from ferrule.python_text import docstring, import_groups, name


def main_module(spec: ConnectorSpec, class_name: str) -> MainModule | None:
    """`__main__.py`; None where nobody ever signs in."""
    if not signs_in(spec):
        return None
    client = name(class_name, ".client")
    command = name("main", "ferrule_runtime.command")
    title = spec.title or spec.connector
    return MainModule(
        doc=docstring(f"Signs people in to {title}: `login`, `status`, `logout`."),
        imports=import_groups({*client.imports, *command.imports}, "__main__"),
        client=client,
    )
