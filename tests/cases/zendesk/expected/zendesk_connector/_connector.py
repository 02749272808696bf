"""What the runtime knows of Zendesk Support."""

from ferrule_runtime.contract import (
    Basic,
    Connector,
    Operation,
    Paging,
    Rate,
    Setting,
    Test,
    body,
    ref,
    template,
    truthy,
)
from ferrule_runtime.errors import ErrorTable

SPEC_SHA256 = "6b8088b738dd862e9dc4b21479057167a74811784e3899f095e5818316788efb"


def _errors() -> ErrorTable:
    from .errors import TABLE

    return TABLE


CONNECTOR: Connector = Connector(
    name="zendesk",
    title="Zendesk Support",
    version="1.2.0",
    package="zendesk_connector",
    class_name="Zendesk",
    settings=(
        Setting(
            "subdomain",
            type="string",
            env="ZENDESK_SUBDOMAIN",
            pattern="[a-z0-9-]+",
            example="acme",
        ),
        Setting("email", type="string", env="ZENDESK_EMAIL"),
        Setting("api_token", type="secret", env="ZENDESK_API_TOKEN"),
    ),
    base_url=template("https://", ref("subdomain"), ".zendesk.com/api/v2"),
    auth=Basic(
        username=template(ref("email"), "/token"), password=template(ref("api_token"))
    ),
    limits={"default": (Rate(400, 60.0),)},
    error_table=_errors,
    pagings={
        "default": Paging(
            cursor=body("meta", "after_cursor"),
            into=(("query", "page[after]"),),
            size=("query", "page[size]"),
            default_size=100,
            max_size=100,
            more=truthy(body("meta", "has_more")),
        )
    },
    test=Test(Operation("test", "GET", "/users/me"), ok=truthy(body("user", "id"))),
)
