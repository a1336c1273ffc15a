"""The shared cache, in which limits are counted: one unlogged table for each site.

Django's database cache keeps pickles, so whoever can write the table could run code in
the site; it also counts the whole table at every write. Here values are JSON, and each
verb is one statement, so that two processes cannot both add the same key.
"""

from __future__ import annotations

import json
import random
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

_SWEEP = 0.01  # how often a write also clears what ran out


class SharedCache(BaseCache):
    """A cache in PostgreSQL; the setting ``LOCATION`` names the table."""

    def __init__(self, table: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._table = connection.ops.quote_name(table)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """The value, unless there is none or it ran out."""
        sql = (
            f"SELECT value FROM {self._table} WHERE cache_key = %s AND expires > clock_timestamp()"  # noqa: S608
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [self.make_and_validate_key(key, version)])
            row = cursor.fetchone()
        return default if row is None else json.loads(row[0])

    def set(
        self,
        key: Any,
        value: Any,
        timeout: Any = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        """Write the value, whatever was there."""
        self._write(key, value, timeout, version, "")

    def add(
        self,
        key: Any,
        value: Any,
        timeout: Any = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Write the value where none stands; return whether it was written."""
        return self._write(key, value, timeout, version, "WHERE c.expires <= clock_timestamp()")

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Give a standing value a new end."""
        sql = (
            f"UPDATE {self._table} SET expires = {_END}"  # noqa: S608
            " WHERE cache_key = %s AND expires > clock_timestamp()"
        )
        with connection.cursor() as cursor:
            key = self.make_and_validate_key(key, version)
            cursor.execute(sql, [self._seconds(timeout), key])
            return bool(cursor.rowcount)

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Drop the value; return whether there was one."""
        with connection.cursor() as cursor:
            key = self.make_and_validate_key(key, version)
            cursor.execute(f"DELETE FROM {self._table} WHERE cache_key = %s", [key])  # noqa: S608
            return bool(cursor.rowcount)

    def clear(self) -> None:
        """Drop everything."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self._table}")  # noqa: S608

    def _write(self, key: Any, value: Any, timeout: Any, version: int | None, unless: str) -> bool:
        sql = (
            f"INSERT INTO {self._table} AS c (cache_key, value, expires)"  # noqa: S608
            f" VALUES (%s, %s, {_END}) ON CONFLICT (cache_key)"
            f" DO UPDATE SET value = excluded.value, expires = excluded.expires {unless}"
        )
        with connection.cursor() as cursor:
            key = self.make_and_validate_key(key, version)
            cursor.execute(sql, [key, json.dumps(value), self._seconds(timeout)])
            written = bool(cursor.rowcount)
            if random.random() < _SWEEP:  # noqa: S311 - when to tidy up is no secret
                cursor.execute(f"DELETE FROM {self._table} WHERE expires <= clock_timestamp()")  # noqa: S608
        return written

    def _seconds(self, timeout: Any) -> float | None:
        if timeout is DEFAULT_TIMEOUT:
            timeout = self.default_timeout
        return None if timeout is None else float(timeout)


# No time-out means for ever.
_END = "coalesce(clock_timestamp() + make_interval(secs => %s::float8), 'infinity')"
