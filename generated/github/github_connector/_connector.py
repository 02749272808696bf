"""What the runtime knows of GitHub."""

from ferrule_runtime.contract import (
    Connector,
    Errors,
    Jwt,
    OneOf,
    Operation,
    Outcome,
    Paging,
    Rate,
    Request,
    Rule,
    Session,
    Setting,
    Test,
    Token,
    all_of,
    body,
    contains,
    equal,
    header,
    in_,
    ref,
    status,
    template,
    truthy,
    wait,
)
from ferrule_runtime.errors import ErrorTable

SPEC_SHA256 = "d06506b38d9226d5cacb255ef68f602b00e567db756da12b17b73a5dd09e9fe3"


def _errors() -> ErrorTable:
    from .errors import TABLE

    return TABLE


CONNECTOR: Connector = Connector(
    name="github",
    title="GitHub",
    version="1.0.0",
    package="github_connector",
    class_name="GitHub",
    settings=(
        Setting(
            "api_token",
            type="secret",
            env="GITHUB_API_TOKEN",
            doc="A personal access token.",
        ),
        Setting(
            "app_id",
            type="string",
            env="GITHUB_APP_ID",
            doc="The client id of a GitHub App.",
        ),
        Setting(
            "private_key",
            type="secret",
            env="GITHUB_PRIVATE_KEY",
            doc="The private key of the app in PEM.",
        ),
        Setting(
            "installation_id",
            type="string",
            env="GITHUB_INSTALLATION_ID",
            doc="Which installation of the app is meant.",
        ),
        Setting(
            "webhook_secret",
            type="secret",
            env="GITHUB_WEBHOOK_SECRET",
            doc="The secret that a webhook was set up with.",
        ),
    ),
    base_url=template("https://api.github.com"),
    auth=OneOf(
        {
            "person": Token(template(ref("api_token"))),
            "installation": Session(
                (
                    (
                        Request(
                            "POST",
                            template(
                                "/app/installations/",
                                ref("installation_id"),
                                "/access_tokens",
                            ),
                        ),
                        {},
                    ),
                ),
                body("token"),
                expires_at=body("expires_at"),
                auth="app",
            ),
        }
    ),
    auths={
        "app": Jwt(
            template(ref("private_key")),
            algorithm="RS256",
            claims={"iss": template(ref("app_id"))},
            lifetime=540.0,
        )
    },
    headers={
        "Accept": template("application/vnd.github+json"),
        "X-GitHub-Api-Version": template("2022-11-28"),
    },
    arrays="csv",
    limits={
        "default": (Rate(5000, 3600.0), Rate(900, 60.0)),
        "search": (Rate(30, 60.0),),
        "content": (Rate(1, 1.0), Rate(500, 3600.0)),
    },
    concurrency=100,
    errors=Errors(
        code=(body("errors", 0, "code"),),
        message=(body("message"),),
        details=body("errors"),
        request_id=header("x-github-request-id"),
        rules=(
            Rule(
                all_of(
                    in_(status(), 403, 429), equal(header("x-ratelimit-remaining"), "0")
                ),
                Outcome("limited", wait=(wait(header("x-ratelimit-reset"), "epoch"),)),
            ),
            Rule(
                all_of(
                    in_(status(), 403, 429),
                    contains(body("message"), "secondary rate limit"),
                ),
                Outcome(
                    "limited",
                    wait=(
                        wait(header("retry-after"), "seconds"),
                        wait(60.0, "seconds"),
                    ),
                ),
            ),
        ),
        statuses={
            410: Outcome("fail", error="Gone"),
            451: Outcome("fail", error="Blocked"),
        },
    ),
    error_table=_errors,
    pagings={
        "default": Paging(
            link="next", size=("query", "per_page"), default_size=30, max_size=100
        )
    },
    test=Test(Operation("test", "GET", "/user"), ok=truthy(body("login"))),
)
