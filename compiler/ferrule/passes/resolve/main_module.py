"""Makes the module that `python -m` runs: the command with which people sign in."""

from __future__ import annotations

from ferrule.forms.oauth import PERSONAL
from ferrule.forms.package import MainModule
from ferrule.forms.spec import ConnectorSpec
from ferrule.passes.resolve.scopes import kinds_of
from ferrule.python_text import docstring, import_groups, name


def main_module(spec: ConnectorSpec, class_name: str) -> MainModule | None:
    """`__main__.py`; None where nobody ever signs in."""
    forms = [kind.oauth2 for kind in kinds_of(spec) if kind.oauth2 is not None]
    if all(form.kind_of_grant not in PERSONAL for form in forms):
        return None
    client = name(class_name, ".client")
    command = name("main", "ferrule_runtime.command")
    title = spec.title or spec.connector
    return MainModule(
        doc=docstring(f"Signs people in to {title}: `login`, `status`, `logout`."),
        imports=import_groups({*client.imports, *command.imports}, "__main__"),
        client=client,
    )
