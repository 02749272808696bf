"""The way to a service, as its author wrote it: what TLS is done with."""

from typing import Annotated

from pydantic import BeforeValidator

from ferrule.forms.fields import Form, TemplateWord


def _as_word(value: object) -> object:
    # A fixed `false` is refused for what it means, and not for its kind.
    return str(value).lower() if isinstance(value, bool) else value


class Tls(Form):
    """Certificates and keys, all from settings; whether certificates are verified."""

    ca: TemplateWord | None = None
    client_cert: TemplateWord | None = None
    client_key: TemplateWord | None = None
    passphrase: TemplateWord | None = None
    pfx: TemplateWord | None = None
    verify: Annotated[TemplateWord, BeforeValidator(_as_word)] | None = None
