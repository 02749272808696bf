"""Signs a person in from a terminal: opens the browser, receives the redirect, stores the token."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from ferrule_runtime.sign_in import SIGN_IN_SECONDS, KeptToken, PendingSignIn, SignIn

if TYPE_CHECKING:
    from ferrule_runtime.client import SyncClient

Tell = Callable[[str], None]


def login(
    client: "SyncClient",
    *,
    auth: str | None = None,
    redirect_uri: str | None = None,
    opens_browser: bool = True,
    is_pasted: bool = False,
    scopes: tuple[str, ...] = (),
    timeout_seconds: float = SIGN_IN_SECONDS,
    tell: Tell = lambda line: print(line, file=sys.stderr),  # noqa: T201 - the terminal it is for
    ask: Callable[[str], str] = input,
) -> KeptToken:
    """Sign a person in; the client's token store has the token afterwards.

    `redirect_uri` is the one that is registered at the service, where that is a fixed one. With
    `is_pasted`, and where the redirect goes to another machine, the person copies the address that
    the browser ends at. Raises SignInFailed and the connector's other errors.
    """
    sign_in = SignIn(client, auth)
    grant = sign_in.kind.grant
    if not sign_in.kind.needs_person:
        raise client._installation.error(f"the grant {grant} needs nobody to sign in")

    def choose(labels: list[str]) -> int:
        for number, label in enumerate(labels, 1):
            tell(f"  {number}. {label}")
        answer = ask("Which one? ").strip()
        return int(answer) - 1 if answer.isdecimal() else -1

    if grant == "device_code":
        return _by_device(sign_in, scopes, tell, choose, opens_browser=opens_browser)
    if is_pasted or (redirect_uri is not None and not _is_here(redirect_uri)):
        pending = PendingSignIn(redirect_uri or "http://127.0.0.1/callback")
        tell(f"Open this page and sign in:\n\n  {sign_in.url(pending, scopes=scopes)}\n")
        answer = ask("Then copy the address that the browser ends at to here: ")
        return sign_in.finish(pending, answer, choose)
    return _by_browser(
        sign_in,
        redirect_uri or "http://127.0.0.1:0/callback",
        scopes,
        tell,
        choose,
        opens_browser=opens_browser,
        timeout_seconds=timeout_seconds,
    )


def _by_browser(
    sign_in: SignIn,
    redirect_uri: str,
    scopes: tuple[str, ...],
    tell: Tell,
    choose: Callable[[list[str]], int],
    *,
    opens_browser: bool,
    timeout_seconds: float,
) -> KeptToken:
    from ferrule_runtime.credentials.oauth.loopback import Loopback

    reason = ""
    try:
        loopback = Loopback(redirect_uri)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
    if reason:
        raise sign_in.error(f"nothing can be received at {redirect_uri}: {reason}")
    with loopback:
        pending = PendingSignIn(loopback.redirect_uri)
        url = sign_in.url(pending, scopes=scopes)
        is_open = opens_browser and _open(url)
        told = "The browser shows where to sign in" if is_open else "Open this page and sign in"
        tell(f"{told}:\n\n  {url}\n\nWaiting for the answer at {loopback.redirect_uri} …")
        answer = loopback.wait(pending.state, timeout_seconds)
    if answer is None:
        raise sign_in.failed("expired", "nobody signed in in time: begin again")
    return sign_in.finish(pending, answer, choose)


def _by_device(
    sign_in: SignIn,
    scopes: tuple[str, ...],
    tell: Tell,
    choose: Callable[[list[str]], int],
    *,
    opens_browser: bool,
) -> KeptToken:
    code = sign_in.device(scopes=scopes)
    if opens_browser and code.verification_uri_complete is not None:
        _open(code.verification_uri_complete)
    tell(f"Open {code.verification_uri} and enter this code:\n\n  {code.user_code}\n\nWaiting …")
    return sign_in.finish_device(code, choose)


def _is_here(redirect_uri: str) -> bool:
    from urllib.parse import urlsplit

    from ferrule_runtime.credentials.oauth.loopback import HOSTS

    return urlsplit(redirect_uri).hostname in HOSTS


def _open(url: str) -> bool:
    import webbrowser

    try:
        return webbrowser.open(url)
    except webbrowser.Error:
        return False
