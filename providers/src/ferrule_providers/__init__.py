"""Connectors that are set up once, in one safe place, and used from any process.

`connect("zendesk", "acme")` gives a ready client. `ferrule-providers serve` runs the service and
its page.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ferrule_providers.connecting import connect as connect
    from ferrule_providers.faults import CannotStart as CannotStart
    from ferrule_providers.faults import ConnectionNeedsAttention as ConnectionNeedsAttention
    from ferrule_providers.faults import ConnectionNotFound as ConnectionNotFound
    from ferrule_providers.faults import ProviderBroken as ProviderBroken
    from ferrule_providers.faults import ProviderNotFound as ProviderNotFound
    from ferrule_providers.faults import ProvidersError as ProvidersError
    from ferrule_providers.faults import RefreshFailed as RefreshFailed
    from ferrule_providers.faults import RefreshRefused as RefreshRefused
    from ferrule_providers.faults import ServiceUnreachable as ServiceUnreachable

__version__ = "0.1.0"

# What `connect` and the clients that it gives may raise.
_FAULTS = (
    "CannotStart",
    "ConnectionNeedsAttention",
    "ConnectionNotFound",
    "ProviderBroken",
    "ProviderNotFound",
    "ProvidersError",
    "RefreshFailed",
    "RefreshRefused",
    "ServiceUnreachable",
)

__all__ = [
    "CannotStart",
    "ConnectionNeedsAttention",
    "ConnectionNotFound",
    "ProviderBroken",
    "ProviderNotFound",
    "ProvidersError",
    "RefreshFailed",
    "RefreshRefused",
    "ServiceUnreachable",
    "__version__",
    "connect",
]


def __getattr__(name: str) -> Any:
    if name == "connect":
        from ferrule_providers.connecting import connect

        return connect
    if name in _FAULTS:
        from ferrule_providers import faults

        return getattr(faults, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
