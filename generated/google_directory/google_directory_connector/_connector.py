"""What the runtime knows of Google Workspace directory."""

from ferrule_runtime.contract import (
    Connector,
    Errors,
    Jwt,
    OAuth2,
    Operation,
    Outcome,
    Paging,
    Rate,
    Request,
    Rule,
    Setting,
    Test,
    all_of,
    body,
    in_,
    matches,
    ref,
    status,
    template,
    wait,
)
from ferrule_runtime.errors import ErrorTable

SPEC_SHA256 = "db76640d395e82d332b035b05fae784226e2adc65e86434dea362ea6f02614c3"


def _errors() -> ErrorTable:
    from .errors import TABLE

    return TABLE


CONNECTOR: Connector = Connector(
    name="google_directory",
    title="Google Workspace directory",
    version="1.0.0",
    package="google_directory_connector",
    class_name="GoogleDirectory",
    settings=(
        Setting(
            "service_account",
            type="json_secret",
            env="GOOGLE_DIRECTORY_SERVICE_ACCOUNT",
            doc="The key file of the service account.",
        ),
        Setting(
            "subject",
            type="string",
            env="GOOGLE_DIRECTORY_SUBJECT",
            doc="The administrator for whom it acts.",
            example="admin@example.com",
        ),
        Setting(
            "customer",
            type="string",
            env="GOOGLE_DIRECTORY_CUSTOMER",
            default="my_customer",
        ),
    ),
    base_url=template("https://admin.googleapis.com/admin/directory/v1"),
    auth=OAuth2(
        grant="jwt_bearer",
        token=Request("POST", "https://oauth2.googleapis.com/token"),
        assertion=Jwt(
            template(ref("service_account", "private_key")),
            algorithm="RS256",
            claims={
                "iss": template(ref("service_account", "client_email")),
                "sub": template(ref("subject")),
                "aud": template("https://oauth2.googleapis.com/token"),
            },
            lifetime=3600.0,
        ),
        scopes=("https://www.googleapis.com/auth/admin.directory.user.readonly",),
    ),
    limits={"default": (Rate(2400, 60.0),)},
    errors=Errors(
        code=(
            body("error", "errors", 0, "reason"),
            body("error", "status"),
            body("error"),
        ),
        message=(body("error", "message"), body("error_description")),
        details=body("error", "errors"),
        rules=(
            Rule(
                all_of(
                    in_(status(), 403, 429),
                    matches(body("error", "message"), "Retry after (.+)$"),
                ),
                Outcome(
                    "limited",
                    wait=(
                        wait(
                            body("error", "message").matching("Retry after (.+)$"),
                            "date",
                        ),
                    ),
                ),
            ),
        ),
        codes={
            "rateLimitExceeded": Outcome(
                "limited", error="RateLimited", wait=(wait(5.0, "seconds"),)
            ),
            "userRateLimitExceeded": Outcome(
                "limited", error="RateLimited", wait=(wait(5.0, "seconds"),)
            ),
            "quotaExceeded": Outcome(
                "limited", error="RateLimited", wait=(wait(5.0, "seconds"),)
            ),
            "dailyLimitExceeded": Outcome("fail", error="DailyLimitReached"),
        },
    ),
    error_table=_errors,
    pagings={
        "default": Paging(
            cursor=body("nextPageToken"),
            into=(("query", "pageToken"),),
            size=("query", "maxResults"),
            default_size=100,
            max_size=500,
        )
    },
    test=Test(
        Operation(
            "test",
            "GET",
            "/users",
            query={"customer": template(ref("customer")), "maxResults": 1},
        )
    ),
)
