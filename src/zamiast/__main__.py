"""``python -m zamiast`` is the same as the command ``zamiast``."""

import sys

from zamiast.cli import main

sys.exit(main())
