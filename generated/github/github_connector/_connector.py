"""What the runtime knows of GitHub."""

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

SPEC_SHA256 = "0f1de01d8b52a6b01630591026ff7872373e30aadf035197db2a4b8c058e6bc9"


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
            "webhook_secret",
            type="secret",
            env="GITHUB_WEBHOOK_SECRET",
            doc="The secret that a webhook was set up with.",
        ),
    ),
    base_url=template("https://api.github.com"),
    auth=Token(template(ref("api_token"))),
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
