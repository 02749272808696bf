"""Runs the test of a connector with given settings, and tells what came of it without secrets."""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ferrule_providers.clients import guarded_client
from ferrule_providers.core import Core
from ferrule_providers.faults import NoTest, ProviderBroken
from ferrule_providers.form import is_sealed
from ferrule_providers.hiding import hide
from ferrule_providers.installed import Provider
from ferrule_providers.networks import AddressRefused
from ferrule_runtime import errors
from ferrule_runtime.stores import TokenStore

TEST_SECONDS = 30.0

Verdict = Literal["ok", "refused", "unreachable", "misconfigured"]
REFUSALS = (errors.Unauthorized, errors.Forbidden, errors.ReconnectRequired)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a test told. `message` holds the service's words, free of every known secret."""

    verdict: Verdict
    message: str
    duration_ms: int
    status_code: int | None = None
    retry_after_seconds: float | None = None

    @property
    def ok(self) -> bool:
        """Whether the connection works."""
        return self.verdict == "ok"


def probe(
    core: Core,
    provider: Provider,
    auth: str | None,
    values: Mapping[str, Any],
    token_store: TokenStore | None = None,
) -> Outcome:
    """Run the connector's test with these settings, secrets among them. Raises NoTest.

    Where people sign in, `token_store` has the token that the sign-in brought.
    """
    connector = provider.loaded()
    if connector.test is None:
        raise NoTest(f"The connector {provider.slug} declares no test.")
    if token_store is None and core.sign_in(provider.slug, auth) is not None:
        raise NoTest("It can be tested when somebody has signed in.")
    started = time.monotonic()
    secrets = [
        values[each.name] for each in connector.settings if is_sealed(each) and each.name in values
    ]
    verdict, words, error = _ask(core, provider, auth, values, token_store)
    return Outcome(
        verdict=verdict,
        message=hide(words, secrets),
        duration_ms=round((time.monotonic() - started) * 1000),
        status_code=getattr(error, "status_code", None),
        retry_after_seconds=getattr(error, "retry_after_seconds", None),
    )


def _ask(
    core: Core,
    provider: Provider,
    auth: str | None,
    values: Mapping[str, Any],
    token_store: TokenStore | None,
) -> tuple[Verdict, str, Exception | None]:
    try:
        with guarded_client(
            core.networks,
            provider,
            auth,
            values,
            token_store=token_store,
            max_attempts=1,
            timeout=TEST_SECONDS,
            deadline=TEST_SECONDS,
        ) as client:
            told = client.test_connection()
    except ProviderBroken:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a package raises, the test has failed
        return _verdict_on(error), _words_of(error), error
    if told.ok:
        return "ok", told.message or "The service answered as expected.", None
    words = told.message or (_words_of(told.error) if told.error is not None else "")
    if told.error is None:
        return (
            "refused",
            words or "The service answered, and not as it does when all is well.",
            None,
        )
    return _verdict_on(told.error), words, told.error


def _verdict_on(error: Exception) -> Verdict:
    if isinstance(error, REFUSALS):
        return "refused"
    if isinstance(error, (errors.ConfigurationError, errors.InvalidRequest, TypeError)):
        return "misconfigured"
    return "unreachable"


def _words_of(error: Exception) -> str:
    if isinstance(error, errors.ConnectorError):
        return error.message or str(error) or type(error).__name__
    if isinstance(error, AddressRefused):
        return str(error)
    # What an unexpected exception says may hold anything; its kind is enough.
    return f"The connector failed: {type(error).__name__}."
