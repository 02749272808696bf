"""The number of calls at once, given as a number or as a setting."""

from typing import Any

import pytest

from ferrule_runtime.connector import Connector, Setting
from ferrule_runtime.errors import ConfigurationError
from ferrule_runtime.installation import Installation
from ferrule_runtime.options import Options
from ferrule_runtime.templates import ref, template


def installed(given: Any) -> Installation:
    """An installation whose concurrency is the setting `at_once`."""
    connector = Connector(
        name="acme",
        base_url=template("https://api.example.com"),
        settings=(Setting("at_once", type="string"),),
        concurrency=template(ref("at_once")),
    )
    settings = {} if given is None else {"at_once": given}
    return Installation(connector, settings, Options({}, "acme"), environ={})


@pytest.mark.parametrize("given", ["many", "0", "-1"])
def test_what_is_no_number_of_calls_is_refused(given: str) -> None:
    with pytest.raises(ConfigurationError, match="whole number"):
        installed(given)


def test_without_the_setting_there_is_no_limit() -> None:
    assert installed(None).policy.limiter._everywhere == ()
