"""Running the same thing at once on real connections."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection


def at_once(count: int, act: Callable[[int], Any]) -> list[Any]:
    """Run ``act(0)`` … ``act(count - 1)``, all starting together; return results or exceptions."""
    gate = threading.Barrier(count)

    def one(number: int) -> Any:
        try:
            connection.ensure_connection()
            gate.wait(20)
            return act(number)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
