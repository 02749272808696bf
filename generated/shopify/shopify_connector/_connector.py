"""What the runtime knows of Shopify Admin."""

from ferrule_runtime.contract import (
    Connector,
    Errors,
    Observe,
    Operation,
    Outcome,
    Paging,
    Rate,
    Setting,
    Test,
    Token,
    body,
    header,
    ref,
    template,
    truthy,
)
from ferrule_runtime.errors import ErrorTable

SPEC_SHA256 = "24b58f674fa272b63da19a34dd1aa6e8afb215bc72e1f8730022bf5a19f31e21"


def _errors() -> ErrorTable:
    from .errors import TABLE

    return TABLE


CONNECTOR: Connector = Connector(
    name="shopify",
    title="Shopify Admin",
    version="1.0.0",
    package="shopify_connector",
    class_name="Shopify",
    settings=(
        Setting(
            "shop",
            type="string",
            env="SHOPIFY_SHOP",
            pattern="[a-zA-Z0-9][a-zA-Z0-9-]*",
            strip=("https://", ".myshopify.com"),
            doc="The first part of the shop's myshopify.com address.",
            example="acme",
        ),
        Setting("access_token", type="secret", env="SHOPIFY_ACCESS_TOKEN"),
        Setting(
            "api_version", type="string", env="SHOPIFY_API_VERSION", default="2024-10"
        ),
    ),
    base_url=template("https://", ref("shop"), ".myshopify.com/admin"),
    auth=Token(
        template(ref("access_token")), apply=("header", "X-Shopify-Access-Token")
    ),
    limits={
        "default": (Rate(2, 1.0, burst=40),),
        "graphql": (Rate(100, 1.0, burst=2000, points=True),),
    },
    observe=(
        Observe(
            "X-Shopify-Shop-Api-Call-Limit", (("used", None), "/", ("limit", None))
        ),
    ),
    errors=Errors(
        code=(body("errors", 0, "extensions", "code"),),
        message=(body("errors", 0, "message"), body("errors"), body("error")),
        request_id=header("x-request-id"),
        codes={
            "THROTTLED": Outcome("limited"),
            "ACCESS_DENIED": Outcome("fail", error="Forbidden"),
        },
        statuses={
            402: Outcome("fail", error="PaymentRequired"),
            423: Outcome("fail", error="Locked"),
        },
    ),
    error_table=_errors,
    pagings={
        "default": Paging(
            link="next", size=("query", "limit"), default_size=50, max_size=250
        )
    },
    test=Test(
        Operation("test", "GET", template("/api/", ref("api_version"), "/shop.json")),
        ok=truthy(body("shop", "id")),
    ),
)
