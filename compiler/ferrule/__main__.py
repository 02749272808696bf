"""Lets `python -m ferrule` stand for `ferrule`."""

import sys

from ferrule.cli.entry import main

if __name__ == "__main__":
    sys.exit(main())
