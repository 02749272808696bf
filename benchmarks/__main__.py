"""`python -m benchmarks [NAME …]`: runs the measurements and prints one table each."""

import importlib
import platform
import sys

NAMES = (
    "compiling",
    "records",
    "polishing",
    "watching",
    "importing",
    "calling",
    "objects",
    "making",
    "limiting",
    "sharing",
    "refreshing",
    "paging",
    "walking",
)
WITH_DOCUMENTS = (
    "importing_openapi",
    "comparing_openapi",
    "github_openapi",
    "exporting_openapi",
    "judging_requests",
    "many_openapi",
)
"""These take long, or need documents beside the checkout: they run where they are named."""


def main() -> int:
    """Run the named measurements, or all."""
    wanted = sys.argv[1:] or list(NAMES)
    known = (*NAMES, *WITH_DOCUMENTS)
    unknown = [name for name in wanted if name not in known]
    if unknown:
        listed = ", ".join(known)
        print(f"no measurement {', '.join(unknown)}; there are: {listed}", file=sys.stderr)
        return 2
    print(f"CPython {platform.python_version()}, {platform.system()} {platform.machine()}")
    for name in wanted:
        importlib.import_module(f"benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main())
