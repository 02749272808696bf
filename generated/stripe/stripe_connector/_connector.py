"""What the runtime knows of Stripe."""

from ferrule_runtime.contract import (
    Connector,
    Errors,
    Operation,
    Outcome,
    Paging,
    Rate,
    Rule,
    Setting,
    Test,
    Token,
    body,
    equal,
    header,
    last,
    ref,
    template,
    truthy,
)
from ferrule_runtime.errors import ErrorTable

SPEC_SHA256 = "2951acc26a4ccd2afede7f8470e96d9df2e411e77e5b587e9e2376004dcaa0ca"


def _errors() -> ErrorTable:
    from .errors import TABLE

    return TABLE


CONNECTOR: Connector = Connector(
    name="stripe",
    title="Stripe",
    version="1.0.0",
    package="stripe_connector",
    class_name="Stripe",
    settings=(
        Setting(
            "api_key",
            type="secret",
            env="STRIPE_API_KEY",
            doc="A secret key. It begins with sk_.",
        ),
        Setting(
            "account",
            type="string",
            env="STRIPE_ACCOUNT",
            doc="A connected account to act for.",
        ),
        Setting(
            "webhook_secret",
            type="secret",
            env="STRIPE_WEBHOOK_SECRET",
            doc="Proves that a request comes from Stripe. It begins with whsec_.",
        ),
        Setting(
            "api_version", type="string", env="STRIPE_API_VERSION", default="2024-06-20"
        ),
    ),
    base_url=template("https://api.stripe.com/v1"),
    hosts={"files": template("https://files.stripe.com/v1")},
    auth=Token(template(ref("api_key"))),
    headers={
        "Stripe-Account": template(ref("account")),
        "Stripe-Version": template(ref("api_version")),
    },
    send="form",
    arrays="brackets",
    limits={"default": (Rate(100, 1.0),)},
    errors=Errors(
        code=(body("error", "code"), body("error", "type")),
        message=(body("error", "message"),),
        details=body("error"),
        request_id=header("Request-Id"),
        rules=(
            Rule(equal(header("stripe-should-retry"), "true"), Outcome("retry")),
            Rule(equal(header("stripe-should-retry"), "false"), Outcome("fail")),
            Rule(
                equal(body("error", "type"), "card_error"),
                Outcome("fail", error="CardDeclined"),
            ),
            Rule(
                equal(body("error", "type"), "idempotency_error"),
                Outcome("fail", error="IdempotencyMisuse"),
            ),
        ),
        codes={"lock_timeout": Outcome("retry", error="Locked")},
    ),
    error_table=_errors,
    pagings={
        "default": Paging(
            cursor=last("id"),
            into=(("query", "starting_after"),),
            size=("query", "limit"),
            default_size=100,
            max_size=100,
            more=truthy(body("has_more")),
        )
    },
    test=Test(Operation("test", "GET", "/account"), ok=truthy(body("id"))),
)
