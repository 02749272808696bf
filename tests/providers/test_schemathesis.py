"""The API keeps to its own OpenAPI document, whatever is sent to it."""

import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from starlette.types import Receive, Scope, Send

from ferrule_providers.api.app import api_description
from ferrule_providers.limiter import FailureLimiter
from tests.providers.conftest import TOKEN, Api, open_api

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis.specs.openapi.checks import positive_data_acceptance

_open: list[Api] = []


async def the_app_of_the_test(scope: Scope, receive: Receive, send: Send) -> None:
    await _open[-1].client.app(scope, receive, send)


schema = schemathesis.openapi.from_dict(api_description())
schema.app = the_app_of_the_test


@schema.hook
def map_path_parameters(_context: Any, path_parameters: dict[str, Any] | None) -> Any:
    """Half of the calls are about what is there."""
    names = {"provider_slug": "acme", "connection_name": "default"}
    known = path_parameters or {}
    return {
        name: names[name] if name in names and len(str(value)) % 2 else value
        for name, value in known.items()
    }


@pytest.fixture
def api_of_the_test(sqlite_core: Any) -> Iterator[None]:
    api = open_api(sqlite_core, limiter=FailureLimiter(failures=1_000_000))
    api.set_up("default")
    _open.append(api)
    yield
    _open.remove(api)


@schema.parametrize()
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    phases=[Phase.explicit, Phase.generate],
    derandomize=True,
)
@pytest.mark.filterwarnings("ignore")
@pytest.mark.usefixtures("api_of_the_test")
def test_the_api_is_as_described(case: Any) -> None:
    api = _open[-1]
    headers = {"X-API-Key": api.key, "Host": "127.0.0.1:8474"}
    # A key that was left out is given here: what is wrong with a case is judged by what is sent.
    case.headers.update(headers)
    response = case.call_and_validate(
        headers=headers,
        # Which settings a body needs depends on the connector, so a good shape may be refused.
        excluded_checks=[positive_data_acceptance],
    )
    assert TOKEN not in response.text or case.path.endswith("/access")
