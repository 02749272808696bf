"""The command `python -m PACKAGE`: signs in, says whether somebody has, signs out."""

import argparse
import sys
import time
from collections.abc import Sequence
from typing import Any

from ferrule_runtime.errors import ConnectorError


def main(client_class: Any, arguments: Sequence[str] | None = None) -> int:
    """Run a verb for the connector of this client. Exit code: 0, 1 for an error, 2 for usage."""
    parser = _parser(client_class._connector)
    setting_names = _keywords(client_class)
    given = parser.parse_args(arguments)
    settings: dict[str, str] = {}
    for word in given.settings:
        name, mark, text = word.partition("=")
        if not mark or name not in setting_names:
            known = ", ".join(setting_names) or "none"
            parser.error(f"there is no setting {name!r}; there is {known}: write name=value")
        settings[name] = text
    failure = ""
    try:
        with _client(client_class, settings, given) as client:
            return int(_VERBS[given.verb](client, given))
    except ConnectorError as error:
        failure = str(error)
    except KeyboardInterrupt:
        failure = "interrupted"
    _tell(failure)
    return 1


def _keywords(client_class: Any) -> list[str]:
    """The keywords by which a client takes its settings."""
    from inspect import Parameter, signature

    given = signature(client_class.__init__).parameters.values()
    return [
        each.name for each in given if each.kind is Parameter.KEYWORD_ONLY and each.name != "auth"
    ]


def _client(client_class: Any, settings: dict[str, str], given: argparse.Namespace) -> Any:
    from ferrule_runtime.stores import default_store

    # Named, because a refresh token in the environment would else keep the store out.
    options: dict[str, Any] = {"token_store": default_store()}
    if given.name is not None:
        options["name"] = given.name
    auth = {} if given.auth is None else {"auth": given.auth}
    return client_class(**settings, **auth, **options)


def _parser(connector: Any) -> argparse.ArgumentParser:
    title = connector.title or connector.name
    parser = argparse.ArgumentParser(
        prog=f"python -m {connector.package}", description=f"Sign in to {title}."
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, told in (
        ("login", "sign in and store the token"),
        ("status", "say whether somebody has signed in"),
        ("logout", "revoke the token and forget it"),
    ):
        verb = verbs.add_parser(name, help=told, description=told.capitalize() + ".")
        verb.add_argument(
            "-s",
            "--set",
            dest="settings",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help="a setting; others are read from the environment",
        )
        verb.add_argument("--name", help="which account, where there are several")
        verb.add_argument("--auth", help="which kind of auth, where there are several")
        if name == "login":
            _add_login_options(verb)
    return parser


def _add_login_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--no-browser", action="store_true", help="print the address, open nothing")
    verb.add_argument("--paste", action="store_true", help="copy the last address by hand")
    verb.add_argument(
        "--redirect-uri", metavar="URL", help="the one that is registered at the service"
    )
    verb.add_argument(
        "--scope", dest="scopes", action="append", default=[], help="ask for one more scope"
    )
    verb.add_argument("--timeout", type=float, default=None, metavar="SECONDS")


def login(client: Any, given: Any) -> int:
    """Sign in."""
    from ferrule_runtime.login import login as log_in

    more = {} if given.timeout is None else {"timeout_seconds": given.timeout}
    log_in(
        client,
        redirect_uri=given.redirect_uri,
        opens_browser=not given.no_browser,
        is_pasted=given.paste,
        scopes=tuple(given.scopes),
        tell=_tell,
        **more,
    )
    print(f"signed in to {client._connector.title or client._connector.name}")  # noqa: T201
    return 0


def status(client: Any, given: Any) -> int:  # noqa: ARG001 - as every verb is called
    """Say whether there is a token, and until when it is good; 1 where a person must sign in."""
    from ferrule_runtime.sign_in import SignIn

    kept = SignIn(client).kept()
    print(status_of(kept))  # noqa: T201
    return 0 if (kept.access_token or kept.refresh_token) and not kept.needs_person else 1


def status_of(kept: Any) -> str:
    """What a stored token is good for, in words that hold nothing of it."""
    if kept.needs_person:
        return "signed out by the service: sign in again"
    if not kept.access_token and not kept.refresh_token:
        return "not signed in"
    told = ["signed in"]
    if kept.expires_at is not None:
        left = int(kept.expires_at - time.time())
        told.append(f"the access token is good for {left} s" if left > 0 else "it has expired")
    told.append("it is refreshed" if kept.refresh_token else "it cannot be refreshed")
    if kept.scopes:
        told.append(f"scopes {' '.join(kept.scopes)}")
    if kept.captured:
        told.append(f"with {', '.join(kept.captured)}")
    return "; ".join(told)


def logout(client: Any, given: Any) -> int:  # noqa: ARG001 - as every verb is called
    """Revoke the token where the service can, and forget it."""
    from ferrule_runtime.sign_in import SignIn

    is_revoked = SignIn(client).revoke()
    print("signed out" + (" and revoked at the service" if is_revoked else ""))  # noqa: T201
    return 0


_VERBS = {"login": login, "status": status, "logout": logout}


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201
