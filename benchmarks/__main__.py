"""`python -m benchmarks [NAME …]`: runs the measurements and prints one table each."""

import importlib
import platform
import sys

NAMES = ("compiling", "importing", "calling", "making", "limiting", "paging")


def main() -> int:
    """Run the named measurements, or all."""
    wanted = sys.argv[1:] or list(NAMES)
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        print(
            f"no measurement {', '.join(unknown)}; there are: {', '.join(NAMES)}", file=sys.stderr
        )
        return 2
    print(f"CPython {platform.python_version()}, {platform.system()} {platform.machine()}")
    for name in wanted:
        importlib.import_module(f"benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main())
