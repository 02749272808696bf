"""What the runtime knows of Slack."""

from ferrule_runtime.contract import (
    Connector,
    Errors,
    Operation,
    Outcome,
    Paging,
    Rate,
    Setting,
    Test,
    Token,
    body,
    ref,
    template,
    truthy,
)
from ferrule_runtime.errors import ErrorTable

SPEC_SHA256 = "0709f4eb1badf3f2b27cf3e334ef2422813855a5f40504988896c4b3b9ae735e"


def _errors() -> ErrorTable:
    from .errors import TABLE

    return TABLE


CONNECTOR: Connector = Connector(
    name="slack",
    title="Slack",
    version="1.0.0",
    package="slack_connector",
    class_name="Slack",
    settings=(
        Setting(
            "bot_token",
            type="secret",
            env="SLACK_BOT_TOKEN",
            doc="A bot token. It begins with xoxb-.",
        ),
    ),
    base_url=template("https://slack.com/api"),
    auth=Token(template(ref("bot_token"))),
    arrays="csv",
    limits={
        "default": (Rate(50, 60.0),),
        "tier2": (Rate(20, 60.0),),
        "posting": (Rate(1, 1.0),),
    },
    errors=Errors(
        ok=truthy(body("ok")),
        code=(body("error"),),
        message=(body("error"),),
        details=body("response_metadata", "messages"),
        codes={
            "ratelimited": Outcome("limited"),
            "rate_limited": Outcome("limited"),
            "token_revoked": Outcome("reconnect"),
            "account_inactive": Outcome("reconnect"),
            "invalid_auth": Outcome("fail", error="Unauthorized"),
            "not_authed": Outcome("fail", error="Unauthorized"),
            "token_expired": Outcome("fail", error="Unauthorized"),
            "missing_scope": Outcome("fail", error="Forbidden"),
            "not_in_channel": Outcome("fail", error="Forbidden"),
            "restricted_action": Outcome("fail", error="Forbidden"),
            "channel_not_found": Outcome("fail", error="NotFound"),
            "user_not_found": Outcome("fail", error="NotFound"),
            "message_not_found": Outcome("fail", error="NotFound"),
            "internal_error": Outcome("retry", error="Unavailable"),
            "fatal_error": Outcome("retry", error="Unavailable"),
            "service_unavailable": Outcome("retry", error="Unavailable"),
        },
    ),
    error_table=_errors,
    pagings={
        "default": Paging(
            cursor=body("response_metadata", "next_cursor"),
            into=(("query", "cursor"),),
            size=("query", "limit"),
            default_size=200,
            max_size=1000,
        )
    },
    test=Test(Operation("test", "POST", "/auth.test")),
)
