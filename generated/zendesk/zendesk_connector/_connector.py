"""What the runtime knows of Zendesk Support."""

from ferrule_runtime.contract import (
    Basic,
    Connector,
    Errors,
    Operation,
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

SPEC_SHA256 = "cf1d8e2a0bb1b2ef3369baee905c695bc88f2d8cb36541616816ac17b3e9483e"


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
            strip=("https://", ".zendesk.com"),
            doc="The first part of your Zendesk address.",
            example="acme",
        ),
        Setting("email", type="string", env="ZENDESK_EMAIL"),
        Setting("api_token", type="secret", env="ZENDESK_API_TOKEN"),
        Setting(
            "webhook_secret",
            type="secret",
            env="ZENDESK_WEBHOOK_SECRET",
            doc="The signing secret of a webhook.",
        ),
    ),
    base_url=template("https://", ref("subdomain"), ".zendesk.com/api/v2"),
    auth=Basic(
        username=template(ref("email"), "/token"), password=template(ref("api_token"))
    ),
    limits={"default": (Rate(400, 60.0),), "incremental": (Rate(10, 60.0),)},
    errors=Errors(
        code=(body("error", "title"), body("error")),
        message=(body("description"), body("error", "message")),
        details=body("details"),
        request_id=header("x-zendesk-request-id"),
    ),
    error_table=_errors,
    pagings={
        "default": Paging(
            cursor=body("meta", "after_cursor"),
            into=(("query", "page[after]"),),
            size=("query", "page[size]"),
            default_size=100,
            max_size=100,
            more=truthy(body("meta", "has_more")),
        ),
        "legacy": Paging(
            next_url=body("next_page"),
            size=("query", "per_page"),
            default_size=100,
            max_size=100,
        ),
    },
    test=Test(Operation("test", "GET", "/users/me"), ok=truthy(body("user", "id"))),
)
