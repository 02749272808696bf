"""What the runtime knows of Slack."""

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
    Setting,
    Test,
    Token,
    body,
    ref,
    template,
    truthy,
)
from ferrule_runtime.errors import ErrorTable

SPEC_SHA256 = "96d88c85e45d5b34a228f4c0176efc1d118b47f9abca9a1ab202c7ca558c8183"


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
        Setting("client_id", type="string", env="SLACK_CLIENT_ID"),
        Setting("client_secret", type="secret", env="SLACK_CLIENT_SECRET"),
        Setting(
            "signing_secret",
            type="secret",
            env="SLACK_SIGNING_SECRET",
            doc="Proves that a request comes from Slack. It stands under Basic Information.",
        ),
    ),
    base_url=template("https://slack.com/api"),
    auth=OneOf(
        {
            "bot": Token(template(ref("bot_token"))),
            "person": OAuth2(
                grant="authorization_code",
                token=Request("POST", "https://slack.com/api/oauth.v2.access"),
                authorize=Request(
                    "GET",
                    "https://slack.com/oauth/v2/authorize",
                    query={"user_scope": template("channels:read,chat:write")},
                ),
                client_auth="body",
                pkce="none",
                access_token=body("authed_user", "access_token"),
                refresh_token=body("authed_user", "refresh_token"),
                expires_in=body("authed_user", "expires_in"),
                ok=truthy(body("ok")),
                capture={"team_id": body("team", "id")},
            ),
        }
    ),
    arrays="csv",
    limits={
        "default": (Rate(50, 60.0),),
        "tier2": (Rate(20, 60.0),),
        "posting": (Rate(1, 1.0, per=("body", "channel")),),
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
