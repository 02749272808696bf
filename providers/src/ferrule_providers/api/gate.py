"""Lets callers in: who they are, where they come from, what they may do."""

from dataclasses import dataclass

from starlette.requests import Request

from ferrule_providers.api_keys import ANYBODY, ApiKeys, Visitor
from ferrule_providers.configuration import Configuration, is_loopback
from ferrule_providers.core import Core
from ferrule_providers.faults import Forbidden
from ferrule_providers.store.audit import Actor

_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


@dataclass(frozen=True, slots=True)
class Gate:
    """What routes and pages share: the service's core, its configuration, its keys."""

    core: Core
    configuration: Configuration
    keys: ApiKeys

    def visit(self, request: Request, scope: str) -> tuple[Visitor, Actor]:
        """The visitor behind a request. Raises Unauthorized, TooManyAttempts, Forbidden."""
        visitor = self.identify(request, request.headers.get("x-api-key"))
        visitor.require(scope)
        return visitor, actor(request, visitor)

    def identify(self, request: Request, given: str | None) -> Visitor:
        """Who brings a key, or brings none where the service runs without keys."""
        if not given and not self.keys.any_exist():
            self.check_open(request)
            return ANYBODY
        return self.keys.check(given, address(request))

    def check_open(self, request: Request) -> None:
        """Raise Forbidden unless a service without keys is asked from this very machine.

        One that others reach never starts without keys; when its last one was revoked it is closed
        to all, since what a proxy sends comes from this machine too.
        """
        forwarded = any(name in request.headers for name in _FORWARDED)
        if forwarded or self.configuration.is_exposed or not is_loopback(address(request)):
            raise Forbidden(
                "This service has no API key yet, so it answers this machine alone. "
                "Make one: ferrule-providers api-key new"
            )


def address(request: Request) -> str:
    """The address from which a request comes."""
    return request.client.host if request.client is not None else ""


def actor(request: Request, visitor: Visitor) -> Actor:
    """The visitor as the audit log names them."""
    return Actor(visitor.name, request_id(request))


def request_id(request: Request) -> str:
    """The id under which the request is logged and audited."""
    return str(request.scope.get("state", {}).get("request_id", ""))
