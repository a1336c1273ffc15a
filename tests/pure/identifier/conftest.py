"""Lets the tests of this folder share ``identifier_making``, which is no test itself."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
