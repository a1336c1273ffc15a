"""The shared cache: one statement for each verb, nothing that could run."""

import threading

import pytest

from zamiast.login.cache import SharedCache


@pytest.fixture
def cache(at, database):
    at("desk")
    return SharedCache("login_cache_desk", {})


def test_what_was_set_is_there_until_it_runs_out(cache):
    assert cache.get("a", "nothing") == "nothing"
    cache.set("a", [1.5, 2], 60)
    assert cache.get("a") == [1.5, 2]
    assert cache.touch("a", 0)
    assert cache.get("a") is None
    assert not cache.touch("a", 60)
    cache.set("b", True, None)
    assert cache.get("b") is True
    assert cache.delete("b")
    assert not cache.delete("b")


def test_add_writes_only_where_nothing_stands(cache):
    assert cache.add("a", 1, 60)
    assert not cache.add("a", 2, 60)
    assert cache.get("a") == 1
    cache.set("a", 1, 0)
    assert cache.add("a", 3, 60)
    assert cache.get("a") == 3


def test_of_many_who_add_at_once_one_wins(cache):
    from django.db import connection

    barrier, won = threading.Barrier(6), []

    def add(number):
        barrier.wait()
        won.append(cache.add("lock", number, 60))
        connection.close()

    threads = [threading.Thread(target=add, args=(number,)) for number in range(6)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(won) == [False] * 5 + [True]


def test_values_are_plain_text(cache, connect):
    cache.set("a", {"b": [1]}, 60)
    rows = connect("owner").execute("SELECT value FROM login_cache_desk").fetchall()
    assert rows == [('{"b": [1]}',)]


def test_what_ran_out_is_swept(cache, connect, monkeypatch):
    cache.set("old", 1, 0)
    monkeypatch.setattr("random.random", lambda: 0.0)
    cache.set("new", 1, 60)
    rows = connect("owner").execute("SELECT cache_key FROM login_cache_desk").fetchall()
    assert rows == [(":1:new",)]
