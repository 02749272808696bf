"""Proves the way to a service: one way only, certificates with their keys, no key in the spec."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule.forms.tree import Path
from ferrule.passes.check.context import Context
from ferrule.passes.check.scope import Scope, parts_of
from ferrule.words import ast

if TYPE_CHECKING:
    from ferrule.forms.network import Tls


_PROXIES = ("http://", "https://", "socks5://", "socks5h://")


def check_network(context: Context, scope: Scope) -> None:
    """Check proxy, socket and TLS of a connector."""
    spec = context.spec
    if spec.proxy is not None:
        _check_proxy(context, spec.proxy)
        if spec.socket is not None:
            message = "`proxy` and `socket` are given: the way leads through one of them"
            notes = [(("proxy",), "the first")]
            context.at_key("exactly-one", ("socket",), message, notes=notes)
    if spec.tls is not None:
        _check_tls(context, scope, spec.tls)


def _check_proxy(context: Context, proxy: ast.Template) -> None:
    text = "".join(part if isinstance(part, str) else "{}" for part in proxy.parts)
    starts_with_name = bool(proxy.parts) and not isinstance(proxy.parts[0], str)
    if not starts_with_name and not text.startswith(_PROXIES):
        message = "a proxy is the URL of one that speaks HTTP or SOCKS"
        advice = f"it begins with one of {', '.join(f'`{each}`' for each in _PROXIES)}"
        context.at_value("bad-proxy", ("proxy",), message, help=advice)


def _check_tls(context: Context, scope: Scope, tls: Tls) -> None:
    path: Path = ("tls",)
    if tls.pfx is not None:
        for key in ("client_cert", "client_key"):
            if getattr(tls, key) is not None:
                message = f"`pfx` holds certificate and key, and `{key}` is given beside it"
                notes = [((*path, "pfx"), "the first")]
                context.at_key("exactly-one", (*path, key), message, notes=notes)
    elif tls.client_key is not None and tls.client_cert is None and context.is_whole(path):
        message = "`client_key` is of no use without `client_cert`"
        context.at_key("missing-key", (*path, "client_key"), message)
    elif tls.passphrase is not None and tls.client_cert is None and context.is_whole(path):
        message = "there is no key that `passphrase` could open"
        context.at_key("missing-key", (*path, "passphrase"), message)
    for key in ("client_key", "passphrase", "pfx"):
        word: ast.Template | None = getattr(tls, key)
        if word is not None and word.is_constant:
            message = f"`{key}` of a spec is everybody's: what opens a door is a setting"
            advice = f"add `settings: {{{key}: secret}}` and look it up: `${{{key}}}`"
            context.at_value("insecure-tls", (*path, key), message, help=advice)
    if tls.verify is not None:
        _check_verify(context, scope, tls.verify)


def _check_verify(context: Context, scope: Scope, verify: ast.Template) -> None:
    """Only an installer may say that any certificate will do, and never by saying nothing."""
    path: Path = ("tls", "verify")
    references = list(verify.references)
    is_one = len(verify.parts) == 1 and bool(references)
    setting = scope.settings.get(references[0].names[0]) if is_one else None
    types = [] if setting is None else list(parts_of(setting.type))
    is_switch = any(isinstance(each, ast.WordType) and each.word == "boolean" for each in types)
    if not is_switch:
        if references and setting is None:
            return  # told as a look-up that finds nothing
        message = "whether certificates are verified is up to the installer: a boolean setting"
        advice = "add `settings: {verify_tls: boolean = true}` and look it up: `${verify_tls}`"
        context.at_value("insecure-tls", path, message, help=advice)
        return
    assert setting is not None
    word = setting.shape.word
    default = word.default.value if word is not None and word.default is not None else None
    default = setting.shape.default if default is None else default
    if default is False:
        message = "by default no certificate would be verified"
        notes = [(setting.path, "its default")]
        context.at_value("insecure-tls", path, message, help="write `= true`", notes=notes)
