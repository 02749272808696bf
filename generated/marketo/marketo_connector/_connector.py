"""What the runtime knows of Marketo."""

from ferrule_runtime.contract import (
    Connector,
    Errors,
    OAuth2,
    Operation,
    Outcome,
    Paging,
    Rate,
    Request,
    Setting,
    Test,
    any_of,
    body,
    header,
    ref,
    starts,
    template,
    truthy,
    wait,
)
from ferrule_runtime.errors import ErrorTable

SPEC_SHA256 = "7dd360873d38ef960fc10a1079d9fd83abdfe4d89d40bfcd490b1384c3ec1730"


def _errors() -> ErrorTable:
    from .errors import TABLE

    return TABLE


CONNECTOR: Connector = Connector(
    name="marketo",
    title="Marketo",
    version="1.0.0",
    package="marketo_connector",
    class_name="Marketo",
    settings=(
        Setting(
            "endpoint",
            type="url",
            env="MARKETO_ENDPOINT",
            strip=("/rest",),
            doc="The address of the REST API, from Admin, Web Services.",
            example="https://123-abc-456.mktorest.com",
        ),
        Setting(
            "identity",
            type="url",
            env="MARKETO_IDENTITY",
            doc="The address of the identity service, from the same page.",
            example="https://123-abc-456.mktorest.com/identity",
        ),
        Setting("client_id", type="string", env="MARKETO_CLIENT_ID"),
        Setting("client_secret", type="secret", env="MARKETO_CLIENT_SECRET"),
    ),
    base_url=template(ref("endpoint")),
    auth=OAuth2(
        grant="client_credentials",
        token=Request("GET", template(ref("identity"), "/oauth/token")),
        client_auth="query",
    ),
    limits={"default": (Rate(100, 20.0),)},
    concurrency=10,
    errors=Errors(
        ok=any_of(truthy(body("success")), starts(header("content-type"), "text/csv")),
        code=(body("errors", 0, "code"),),
        message=(body("errors", 0, "message"),),
        details=body("errors"),
        request_id=body("requestId"),
        codes={
            "601": Outcome("reauthenticate"),
            "602": Outcome("reauthenticate"),
            "606": Outcome(
                "limited", error="RateLimited", wait=(wait(20.0, "seconds"),)
            ),
            "615": Outcome(
                "limited", error="RateLimited", wait=(wait(20.0, "seconds"),)
            ),
            "604": Outcome("retry", error="Unavailable"),
            "608": Outcome("retry", error="Unavailable"),
            "611": Outcome("retry", error="Unavailable"),
            "713": Outcome("retry", error="Unavailable"),
            "607": Outcome("fail", error="QuotaExhausted"),
            "1029": Outcome("fail", error="ExportsFull"),
            "603": Outcome("fail", error="Forbidden"),
            "610": Outcome("fail", error="NotFound"),
            "702": Outcome("fail", error="NotFound"),
            "1013": Outcome("fail", error="NotFound"),
            "709": Outcome("fail", error="Conflict"),
        },
        statuses={
            413: Outcome("fail", error="TooLong"),
            414: Outcome("fail", error="TooLong"),
        },
    ),
    error_table=_errors,
    pagings={
        "default": Paging(
            cursor=body("nextPageToken"),
            into=(("query", "nextPageToken"),),
            size=("query", "batchSize"),
            default_size=300,
            max_size=300,
            more=truthy(body("moreResult")),
        ),
        "assets": Paging(
            offset=("query", "offset"),
            size=("query", "maxReturn"),
            default_size=200,
            max_size=200,
        ),
    },
    test=Test(Operation("test", "GET", "/rest/v1/activities/types.json")),
)
