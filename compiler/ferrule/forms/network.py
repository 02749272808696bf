"""The way to a service, as its author wrote it: what TLS is done with."""

from typing import Annotated

from ferrule.forms.fields import Form, TemplateWord, Widen


def _as_word(value: object) -> object:
    # A fixed `false` is refused for what it means, and not for its kind.
    return str(value).lower() if isinstance(value, bool) else value


class Tls(Form, frozen=True, kw_only=True):
    """Certificates and keys, all from settings; whether certificates are verified."""

    ca: TemplateWord | None = None
    client_cert: TemplateWord | None = None
    client_key: TemplateWord | None = None
    passphrase: TemplateWord | None = None
    pfx: TemplateWord | None = None
    verify: Annotated[TemplateWord, Widen(_as_word)] | None = None
