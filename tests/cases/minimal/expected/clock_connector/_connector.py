"""What the runtime knows of clock."""

from ferrule_runtime.contract import Connector, template
from ferrule_runtime.errors import ErrorTable

SPEC_SHA256 = "68cb4459ab1c79fb529ebc6f9a1ba862d999edfc280e57306523dbde0d4552cf"


def _errors() -> ErrorTable:
    from .errors import TABLE

    return TABLE


CONNECTOR: Connector = Connector(
    name="clock",
    title="clock",
    version="0.1.0",
    package="clock_connector",
    class_name="Clock",
    base_url=template("https://clock.example.com"),
    error_table=_errors,
)
