"""What the runtime knows of Names that Python has other uses for."""

from ferrule_runtime.contract import Connector, Paging, Setting, Token, ref, template
from ferrule_runtime.errors import ErrorTable

SPEC_SHA256 = "1f3cec02bbf489f22cf6cd3abe3be2b8cb607f029ee04781c9c13177f6c5d439"


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
        Setting("since", type="date", env="ODD_NAMES_SINCE"),
    ),
    base_url=template("https://api.example.com"),
    auth=Token(template(ref("key"))),
    headers={
        "X-Class": template(ref("class_name")),
        "X-Id": template(ref("id")),
        "X-Since": template(ref("since")),
    },
    error_table=_errors,
    pagings={"default": Paging(offset=("query", "start"), size=("query", "count"))},
)
