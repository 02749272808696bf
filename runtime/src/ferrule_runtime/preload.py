"""Imports a whole package and builds its validators, so that no call has to wait for it."""

from typing import Any


def preload(package: str) -> None:
    """Import every module of a generated package and build what first answers would build.

    For programs that would rather wait when they start: the first call of an async client would
    hold up its event loop for the tenth of a second that this takes.
    """
    import pkgutil
    from importlib import import_module

    from ferrule_runtime.operation import Operation

    # What calls are made with is imported at the first one.
    import_module("ferrule_runtime.recipe")
    top = import_module(package)
    modules = [
        import_module(found.name) for found in pkgutil.walk_packages(top.__path__, f"{package}.")
    ]
    connector = getattr(import_module(f"{package}._connector"), "CONNECTOR", None)
    for module in modules:
        for value in list(vars(module).values()):
            if isinstance(value, Operation):
                build(value, connector)


def build(operation: Any, connector: Any = None) -> None:
    """The decoder of an operation, with what its paging reads."""
    from ferrule_runtime.decode import decoder_of

    paging = operation.paging
    if isinstance(paging, str):
        paging = None if connector is None else connector.pagings.get(paging)
    if operation.stream is None:
        decoder_of(operation, paging).preload()
