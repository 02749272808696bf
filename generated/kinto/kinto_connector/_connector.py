"""What the runtime knows of Kinto."""

from ferrule_runtime.contract import (
    Basic,
    Connector,
    Errors,
    Operation,
    Outcome,
    Paging,
    Rate,
    Setting,
    Test,
    body,
    header,
    ref,
    template,
    truthy,
)
from ferrule_runtime.errors import ErrorTable

SPEC_SHA256 = "eca4fab29b1533d76ab8f2f36519462461c23b477b6f717e1950a857a7e9444e"


def _errors() -> ErrorTable:
    from .errors import TABLE

    return TABLE


CONNECTOR: Connector = Connector(
    name="kinto",
    title="Kinto",
    version="1.0.0",
    package="kinto_connector",
    class_name="Kinto",
    settings=(
        Setting(
            "server",
            type="url",
            env="KINTO_SERVER",
            doc="The address of the server, with /v1.",
            example="https://kinto.example.com/v1",
        ),
        Setting("username", type="string", env="KINTO_USERNAME"),
        Setting("password", type="secret", env="KINTO_PASSWORD"),
    ),
    base_url=template(ref("server")),
    auth=Basic(username=template(ref("username")), password=template(ref("password"))),
    limits={"default": (Rate(20, 1.0),)},
    errors=Errors(
        code=(body("errno"),),
        message=(body("message"), body("error")),
        details=body("details"),
        statuses={
            412: Outcome("fail", error="Stale"),
            410: Outcome("fail", error="Gone"),
        },
    ),
    error_table=_errors,
    pagings={
        "default": Paging(
            next_url=header("Next-Page"),
            size=("query", "_limit"),
            default_size=5,
            max_size=10000,
        )
    },
    test=Test(
        Operation("test", "GET", "/"),
        ok=truthy(body("user", "id")),
        message=(body("message"),),
    ),
)
