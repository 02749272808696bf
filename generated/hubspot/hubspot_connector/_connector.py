"""What the runtime knows of HubSpot."""

from ferrule_runtime.contract import (
    Connector,
    Errors,
    OAuth2,
    OneOf,
    Operation,
    Outcome,
    Paging,
    Rate,
    Request,
    Rule,
    Setting,
    Test,
    Token,
    all_of,
    body,
    equal,
    not_,
    ref,
    status,
    template,
    truthy,
)
from ferrule_runtime.errors import ErrorTable

SPEC_SHA256 = "45e1e8def43742d7131ec3e395f55d0d4552eff594b5cb563a06d20754e66d00"


def _errors() -> ErrorTable:
    from .errors import TABLE

    return TABLE


CONNECTOR: Connector = Connector(
    name="hubspot",
    title="HubSpot",
    version="1.0.0",
    package="hubspot_connector",
    class_name="HubSpot",
    settings=(
        Setting("client_id", type="string", env="HUBSPOT_CLIENT_ID"),
        Setting("client_secret", type="secret", env="HUBSPOT_CLIENT_SECRET"),
        Setting(
            "access_token",
            type="secret",
            env="HUBSPOT_ACCESS_TOKEN",
            doc="The token of a private app.",
        ),
    ),
    base_url=template("https://api.hubapi.com"),
    auth=OneOf(
        {
            "app": OAuth2(
                grant="authorization_code",
                token=Request("POST", "https://api.hubapi.com/oauth/v1/token"),
                authorize=Request("GET", "https://app.hubspot.com/oauth/authorize"),
                client_auth="body",
                pkce="none",
                scopes=(
                    "oauth",
                    "crm.objects.contacts.read",
                    "crm.objects.contacts.write",
                ),
            ),
            "private_app": Token(template(ref("access_token"))),
        }
    ),
    limits={"default": (Rate(100, 10.0),), "search": (Rate(4, 1.0),)},
    errors=Errors(
        code=(body("category"), body("error")),
        message=(body("message"), body("error_description")),
        details=body("errors"),
        request_id=body("correlationId"),
        rules=(
            Rule(
                all_of(
                    equal(status(), 401),
                    not_(equal(body("category"), "EXPIRED_AUTHENTICATION")),
                ),
                Outcome("fail"),
            ),
            Rule(
                all_of(equal(status(), 429), equal(body("policyName"), "DAILY")),
                Outcome("fail", error="DailyLimitReached"),
            ),
        ),
        codes={
            "OBJECT_NOT_FOUND": Outcome("fail", error="NotFound"),
            "OBJECT_ALREADY_EXISTS": Outcome("fail", error="Conflict"),
        },
    ),
    error_table=_errors,
    pagings={
        "default": Paging(
            cursor=body("paging", "next", "after"),
            into=(("query", "after"),),
            size=("query", "limit"),
            default_size=100,
            max_size=100,
        ),
        "legacy": Paging(
            cursor=body("offset"),
            into=(("query", "offset"),),
            size=("query", "limit"),
            default_size=250,
            max_size=250,
            more=truthy(body("hasMore")),
        ),
    },
    test=Test(Operation("test", "GET", "/crm/v3/objects/contacts", query={"limit": 1})),
)
