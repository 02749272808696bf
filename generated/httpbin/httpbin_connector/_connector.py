"""What the runtime knows of httpbin."""

from ferrule_runtime.contract import (
    Basic,
    Connector,
    NoAuth,
    OneOf,
    Operation,
    Setting,
    Test,
    Token,
    body,
    ref,
    template,
    truthy,
)
from ferrule_runtime.errors import ErrorTable

SPEC_SHA256 = "33d63ecf10547365e73b8308385ba39c3a39d387a5f07a25d21fbbd3e52aba41"


def _errors() -> ErrorTable:
    from .errors import TABLE

    return TABLE


CONNECTOR: Connector = Connector(
    name="httpbin",
    title="httpbin",
    version="1.0.0",
    package="httpbin_connector",
    class_name="Httpbin",
    settings=(
        Setting(
            "server", type="url", env="HTTPBIN_SERVER", default="https://httpbin.org"
        ),
        Setting("username", type="string", env="HTTPBIN_USERNAME"),
        Setting("password", type="secret", env="HTTPBIN_PASSWORD"),
        Setting("bearer_token", type="secret", env="HTTPBIN_BEARER_TOKEN"),
    ),
    base_url=template(ref("server")),
    auth=OneOf(
        {
            "none": NoAuth(),
            "basic": Basic(
                username=template(ref("username")), password=template(ref("password"))
            ),
            "bearer": Token(template(ref("bearer_token"))),
        }
    ),
    error_table=_errors,
    test=Test(Operation("test", "GET", "/get"), ok=truthy(body("url"))),
)
