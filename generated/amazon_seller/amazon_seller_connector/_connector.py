"""What the runtime knows of Amazon Selling Partner API."""

from ferrule_runtime.contract import (
    Connector,
    Errors,
    OAuth2,
    Operation,
    Outcome,
    Paging,
    Rate,
    Request,
    Rule,
    Setting,
    Test,
    body,
    choice,
    equal,
    header,
    redirect,
    ref,
    status,
    template,
    truthy,
    wait,
)
from ferrule_runtime.errors import ErrorTable

SPEC_SHA256 = "aad6a7f1856c9335b3721a47ce1acc7a93daddc3f3a3bb24ecef7f16c8980fd3"


def _errors() -> ErrorTable:
    from .errors import TABLE

    return TABLE


CONNECTOR: Connector = Connector(
    name="amazon_seller",
    title="Amazon Selling Partner API",
    version="1.0.0",
    package="amazon_seller_connector",
    class_name="AmazonSeller",
    settings=(
        Setting("region", type="string", env="AMAZON_SELLER_REGION", default="na"),
        Setting(
            "environment",
            type="string",
            env="AMAZON_SELLER_ENVIRONMENT",
            default="production",
        ),
        Setting(
            "marketplace_host",
            type="string",
            env="AMAZON_SELLER_MARKETPLACE_HOST",
            default="sellercentral.amazon.com",
            pattern="[a-z0-9.-]+",
            doc="Where the seller signs in.",
        ),
        Setting("application_id", type="string", env="AMAZON_SELLER_APPLICATION_ID"),
        Setting("client_id", type="string", env="AMAZON_SELLER_CLIENT_ID"),
        Setting("client_secret", type="secret", env="AMAZON_SELLER_CLIENT_SECRET"),
    ),
    values={
        "host": choice(
            "environment",
            {
                "production": template(
                    "sellingpartnerapi-", ref("region"), ".amazon.com"
                ),
                "sandbox": template(
                    "sandbox.sellingpartnerapi-", ref("region"), ".amazon.com"
                ),
            },
        )
    },
    base_url=template("https://", ref("host")),
    auth=OAuth2(
        grant="authorization_code",
        token=Request("POST", "https://api.amazon.com/auth/o2/token"),
        authorize=Request(
            "GET",
            template("https://", ref("marketplace_host"), "/apps/authorize/consent"),
            query={
                "application_id": template(ref("application_id")),
                "version": template("beta"),
            },
        ),
        client_auth="body",
        pkce="none",
        code="spapi_oauth_code",
        apply=("header", "x-amz-access-token"),
        capture={"selling_partner_id": redirect("selling_partner_id")},
    ),
    limits={
        "default": (Rate(2, 1.0),),
        "orders": (Rate(1, 60.0, burst=20),),
        "items": (Rate(1, 2.0, burst=30),),
        "reports": (Rate(1, 60.0, burst=15),),
    },
    errors=Errors(
        code=(body("errors", 0, "code"),),
        message=(body("errors", 0, "message"),),
        details=body("errors"),
        request_id=header("x-amzn-RequestId"),
        rules=(
            Rule(
                equal(status(), 429),
                Outcome(
                    "limited",
                    wait=(
                        wait(header("x-amzn-RateLimit-Limit"), "per_second"),
                        wait(2.0, "seconds"),
                    ),
                ),
            ),
        ),
        codes={
            "QuotaExceeded": Outcome("limited", error="RateLimited"),
            "NotFound": Outcome("fail", error="NotFound"),
            "InvalidInput": Outcome("fail", error="InvalidInput"),
        },
    ),
    error_table=_errors,
    pagings={
        "default": Paging(
            cursor=body("payload", "NextToken"), into=(("query", "NextToken"),)
        )
    },
    test=Test(
        Operation("test", "GET", "/sellers/v1/marketplaceParticipations"),
        ok=truthy(body("payload")),
    ),
)
