"""What the runtime knows of NetSuite."""

from ferrule_runtime.contract import (
    Connector,
    Errors,
    OAuth1,
    Operation,
    Outcome,
    Paging,
    Setting,
    Test,
    body,
    body_query,
    ref,
    template,
    truthy,
    wait,
)
from ferrule_runtime.errors import ErrorTable

SPEC_SHA256 = "1f5e540f26fa88c6c49e7c724aad2e59ad02c3934f1250e98c11f8b1b6692763"


def _errors() -> ErrorTable:
    from .errors import TABLE

    return TABLE


CONNECTOR: Connector = Connector(
    name="netsuite",
    title="NetSuite",
    version="1.0.0",
    package="netsuite_connector",
    class_name="NetSuite",
    settings=(
        Setting(
            "account",
            type="string",
            env="NETSUITE_ACCOUNT",
            pattern="[A-Za-z0-9]+([-_][A-Za-z0-9]+)?",
            doc="The account's id, from Setup, Company, Company Information.",
            example="1234567_SB1",
        ),
        Setting("consumer_key", type="string", env="NETSUITE_CONSUMER_KEY"),
        Setting("consumer_secret", type="secret", env="NETSUITE_CONSUMER_SECRET"),
        Setting("token_id", type="string", env="NETSUITE_TOKEN_ID"),
        Setting("token_secret", type="secret", env="NETSUITE_TOKEN_SECRET"),
    ),
    values={
        "account_host": template(
            ref("account", filters=(("lower",), ("replace", "_", "-")))
        ),
        "realm": template(ref("account", filters=(("upper",), ("replace", "-", "_")))),
    },
    base_url=template(
        "https://", ref("account_host"), ".suitetalk.api.netsuite.com/services/rest"
    ),
    hosts={
        "restlets": template(
            "https://",
            ref("account_host"),
            ".restlets.api.netsuite.com/app/site/hosting",
        )
    },
    auth=OAuth1(
        consumer_key=template(ref("consumer_key")),
        consumer_secret=template(ref("consumer_secret")),
        token=template(ref("token_id")),
        token_secret=template(ref("token_secret")),
        realm=template(ref("realm")),
        signature_method="HMAC-SHA256",
    ),
    concurrency=15,
    share=template("netsuite:", ref("realm")),
    errors=Errors(
        code=(body("o:errorDetails", 0, "o:errorCode"), body("error", "code")),
        message=(
            body("o:errorDetails", 0, "detail"),
            body("error", "message"),
            body("title"),
        ),
        codes={
            "SSS_REQUEST_LIMIT_EXCEEDED": Outcome(
                "limited", error="RateLimited", wait=(wait(2.0, "seconds"),)
            ),
            "CONCURRENCY_LIMIT_EXCEEDED": Outcome(
                "limited", error="RateLimited", wait=(wait(2.0, "seconds"),)
            ),
            "NONEXISTENT_ID": Outcome("fail", error="NotFound"),
        },
    ),
    error_table=_errors,
    pagings={
        "default": Paging(
            next_url=body_query('$.links[?@.rel == "next"].href'),
            size=("query", "limit"),
            default_size=1000,
            max_size=1000,
            more=truthy(body("hasMore")),
        )
    },
    test=Test(Operation("test", "GET", "/record/v1/metadata-catalog")),
)
