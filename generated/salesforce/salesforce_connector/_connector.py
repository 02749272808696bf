"""What the runtime knows of Salesforce."""

from ferrule_runtime.contract import (
    Connector,
    Errors,
    OAuth2,
    Operation,
    Outcome,
    Paging,
    Request,
    Setting,
    Test,
    body,
    not_,
    ref,
    template,
    truthy,
)
from ferrule_runtime.errors import ErrorTable

SPEC_SHA256 = "1260cac9291450de12b9270315e62af134e967299f762e287aeed8c9174874d6"


def _errors() -> ErrorTable:
    from .errors import TABLE

    return TABLE


CONNECTOR: Connector = Connector(
    name="salesforce",
    title="Salesforce",
    version="1.0.0",
    package="salesforce_connector",
    class_name="Salesforce",
    settings=(
        Setting(
            "login_host",
            type="string",
            env="SALESFORCE_LOGIN_HOST",
            default="login.salesforce.com",
            pattern="[a-z0-9.-]+",
            doc="`test.salesforce.com` for a sandbox, or the host of your own domain.",
        ),
        Setting("client_id", type="string", env="SALESFORCE_CLIENT_ID"),
        Setting("client_secret", type="secret", env="SALESFORCE_CLIENT_SECRET"),
        Setting(
            "api_version",
            type="string",
            env="SALESFORCE_API_VERSION",
            default="v62.0",
            pattern="v[0-9]+[.]0",
        ),
    ),
    base_url=template(ref("instance_url"), "/services/data/", ref("api_version")),
    auth=OAuth2(
        grant="authorization_code",
        token=Request(
            "POST", template("https://", ref("login_host"), "/services/oauth2/token")
        ),
        authorize=Request(
            "GET", template("https://", ref("login_host"), "/services/oauth2/authorize")
        ),
        revoke=Request(
            "POST", template("https://", ref("login_host"), "/services/oauth2/revoke")
        ),
        client_auth="body",
        scopes=("api", "refresh_token", "offline_access"),
        capture={"instance_url": body("instance_url")},
    ),
    errors=Errors(
        code=(body(0, "errorCode"),),
        message=(body(0, "message"),),
        details=body(),
        codes={
            "INVALID_SESSION_ID": Outcome("reauthenticate"),
            "UNABLE_TO_LOCK_ROW": Outcome("retry", error="Locked"),
            "REQUEST_LIMIT_EXCEEDED": Outcome("fail", error="RequestLimitExceeded"),
            "NOT_FOUND": Outcome("fail", error="NotFound"),
            "ENTITY_IS_DELETED": Outcome("fail", error="NotFound"),
            "MALFORMED_QUERY": Outcome("fail", error="Malformed"),
            "INVALID_FIELD": Outcome("fail", error="Malformed"),
        },
        statuses={
            300: Outcome("fail", error="Ambiguous"),
            414: Outcome("fail", error="TooLong"),
            431: Outcome("fail", error="TooLong"),
        },
    ),
    error_table=_errors,
    pagings={
        "default": Paging(
            next_url=body("nextRecordsUrl"), more=not_(truthy(body("done")))
        )
    },
    test=Test(Operation("test", "GET", "/limits")),
)
