"""What the runtime knows of QuickBooks Online."""

from ferrule_runtime.contract import (
    Connector,
    Errors,
    OAuth2,
    Operation,
    Outcome,
    Rate,
    Request,
    Rule,
    Setting,
    Test,
    Timeout,
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

SPEC_SHA256 = "b6feb70090913667ea50c7aa7f14454fedf7c5710b1bd96d94b402f9e8f9dbee"


def _errors() -> ErrorTable:
    from .errors import TABLE

    return TABLE


CONNECTOR: Connector = Connector(
    name="quickbooks",
    title="QuickBooks Online",
    version="1.0.0",
    package="quickbooks_connector",
    class_name="QuickBooks",
    settings=(
        Setting("client_id", type="string", env="QUICKBOOKS_CLIENT_ID"),
        Setting("client_secret", type="secret", env="QUICKBOOKS_CLIENT_SECRET"),
        Setting(
            "environment",
            type="string",
            env="QUICKBOOKS_ENVIRONMENT",
            default="production",
        ),
    ),
    values={
        "host": choice(
            "environment",
            {
                "production": template("quickbooks.api.intuit.com"),
                "sandbox": template("sandbox-quickbooks.api.intuit.com"),
            },
        )
    },
    base_url=template("https://", ref("host"), "/v3/company/", ref("realm_id")),
    auth=OAuth2(
        grant="authorization_code",
        token=Request(
            "POST", "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer"
        ),
        authorize=Request("GET", "https://appcenter.intuit.com/connect/oauth2"),
        revoke=Request(
            "POST", "https://developer.api.intuit.com/v2/oauth2/tokens/revoke"
        ),
        client_auth="basic",
        pkce="none",
        scopes=("com.intuit.quickbooks.accounting",),
        capture={"realm_id": redirect("realmId")},
    ),
    query={"minorversion": template("75")},
    limits={"default": (Rate(500, 60.0), Rate(10, 1.0)), "batch": (Rate(40, 60.0),)},
    timeout=Timeout(read=120.0),
    errors=Errors(
        code=(body("Fault", "Error", 0, "code"),),
        message=(
            body("Fault", "Error", 0, "Detail"),
            body("Fault", "Error", 0, "Message"),
        ),
        details=body("Fault", "Error"),
        request_id=header("intuit_tid"),
        rules=(
            Rule(
                equal(status(), 429),
                Outcome(
                    "limited",
                    wait=(
                        wait(header("retry-after"), "seconds"),
                        wait(60.0, "seconds"),
                    ),
                ),
            ),
        ),
        codes={
            "5010": Outcome("fail", error="StaleObject"),
            "6240": Outcome("fail", error="DuplicateName"),
            "610": Outcome("fail", error="NotFound"),
        },
    ),
    error_table=_errors,
    test=Test(
        Operation("test", "GET", template("/companyinfo/", ref("realm_id"))),
        ok=truthy(body("CompanyInfo", "Id")),
    ),
)
