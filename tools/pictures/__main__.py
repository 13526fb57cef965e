"""Draw the pictures of the documentation: `python -m tools.pictures` (see `__init__.py`)."""

from __future__ import annotations

import sys

from tools import pictures

if __name__ == "__main__":
    sys.exit(pictures.main(sys.argv[1:]))
