"""What the runtime knows of archive."""

from ferrule_runtime.contract import Connector, Setting, Token, ref, template
from ferrule_runtime.errors import ErrorTable

SPEC_SHA256 = "56b1d2d9229143a7530362d02917f03b5eed9f7c4d261d978a70bac240194ebb"


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
