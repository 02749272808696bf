"""What the runtime knows of Names that Python has other uses for."""

from ferrule_runtime.contract import Connector, Paging, Setting, Token, ref, template
from ferrule_runtime.errors import ErrorTable

SPEC_SHA256 = "7f73fa2fdab32d952075e72d38f93cc3f5f24fc39ea919a83ff64f0aec84f6bf"


def _errors() -> ErrorTable:
    from .errors import TABLE

    return TABLE


CONNECTOR: Connector = Connector(
    name="odd_names",
    title="Names that Python has other uses for",
    version="1.0.0",
    package="odd_names_connector",
    class_name="OddNames",
    settings=(
        Setting("class_name", type="string", env="ODD_NAMES_CLASS_NAME"),
        Setting("id", type="string", env="ODD_NAMES_ID"),
        Setting("key", type="secret", env="ODD_NAMES_KEY"),
    ),
    base_url=template("https://api.example.com"),
    auth=Token(template(ref("key"))),
    headers={"X-Class": template(ref("class_name")), "X-Id": template(ref("id"))},
    error_table=_errors,
    pagings={"default": Paging(offset=("query", "start"), size=("query", "count"))},
)
