"""The reference pages say what the code says."""

import subprocess
import sys
from pathlib import Path

TOOL = Path(__file__).parents[3] / "tools" / "print_access_reference.py"


def test_the_reference_pages_are_those_that_the_code_prints():
    done = subprocess.run([sys.executable, TOOL, "--check"], capture_output=True, text=True)
    assert done.returncode == 0, f"run tools/print_access_reference.py: {done.stdout}{done.stderr}"
