"""What every client package compiled by Ferrule runs on. Importing it loads nothing heavy."""

__version__ = "0.1.0"

CONTRACT = 2
"""The number of the agreement between generated packages and this runtime."""


def check_contract(contract: int, package: str) -> None:
    """Refuse a package that was compiled for another runtime, and say what to do about it."""
    if contract == CONTRACT:
        return
    if contract > CONTRACT:
        fix = "install a newer ferrule-runtime: pip install --upgrade ferrule-runtime"
    else:
        fix = f"compile {package} again with a newer Ferrule, or install an older ferrule-runtime"
    raise ImportError(
        f"{package} was compiled for contract {contract} of ferrule-runtime; "
        f"ferrule-runtime {__version__} speaks contract {CONTRACT}: {fix}"
    )
