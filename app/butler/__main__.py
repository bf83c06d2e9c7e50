"""`python -m butler` is `butler`."""

import sys

from butler.cli import main

if __name__ == "__main__":
    sys.exit(main())
