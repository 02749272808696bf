"""What the runtime knows of archive."""

from ferrule_runtime.contract import Connector, Setting, Token, ref, template
from ferrule_runtime.errors import ErrorTable

SPEC_SHA256 = "a4ea94453e257413db562f3b2bac5457ad7addfb72149b087a50b9b7d22f6cfc"


def _errors() -> ErrorTable:
    from .errors import TABLE

    return TABLE


CONNECTOR: Connector = Connector(
    name="archive",
    title="archive",
    version="1.0.0",
    package="archive_connector",
    class_name="Archive",
    settings=(
        Setting("region", type="string", env="ARCHIVE_REGION", default="eu"),
        Setting("key", type="secret", env="ARCHIVE_KEY"),
    ),
    base_url=template("https://", ref("region"), ".archive.example/v1"),
    auth=Token(template(ref("key"))),
    error_table=_errors,
)
