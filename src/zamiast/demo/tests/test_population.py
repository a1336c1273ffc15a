"""Invented people are plausible, and the same for the same seed."""

from collections import Counter
from itertools import islice

import pytest

from zamiast.demo.population import TODAY, invent


@pytest.fixture(scope="module")
def crowd():
    return list(islice(invent(19239), 30_000))


def age(one):
    return (TODAY - one.birth_date).days / 365.2425


def share(crowd, condition):
    return sum(map(condition, crowd)) / len(crowd)


def test_the_same_seed_gives_the_same_people(crowd):
    assert list(islice(invent(19239), 500)) == crowd[:500]
    assert list(islice(invent(1), 500)) != crowd[:500]


def test_ages_are_about_those_of_poland(crowd):
    living = [one for one in crowd if one.died_on is None]
    assert 0.15 < share(living, lambda one: age(one) < 18) < 0.21
    assert 0.54 < share(living, lambda one: 18 <= age(one) < 65) < 0.66
    assert 0.18 < share(living, lambda one: age(one) >= 65) < 0.25
    assert 0.02 < share(living, lambda one: age(one) >= 80) < 0.07
    assert all(0 <= age(one) <= 104 for one in crowd)


def test_old_people_are_mostly_women_and_children_are_not(crowd):
    old = [one for one in crowd if age(one) >= 80 and one.died_on is None]
    young = [one for one in crowd if age(one) < 18]
    assert 0.58 < share(old, lambda one: one.gender == "female") < 0.8
    assert 0.46 < share(young, lambda one: one.gender == "female") < 0.52


def test_surnames_fit_the_sex_of_who_bears_them(crowd):
    for one in crowd:
        wrong = ("ski", "cki", "dzki") if one.gender == "female" else ("ska", "cka", "dzka")
        assert not one.family_name.endswith(wrong), one


def test_families_share_address_and_name(crowd):
    homes = Counter((one.address_line, one.postal_code) for one in crowd)
    assert 2.0 < len(crowd) / len(homes) < 2.9
    children = [one for one in crowd if age(one) < 15]
    names = {}
    for one in crowd:
        names.setdefault((one.address_line, one.postal_code), set()).add(one.family_name[:-1])
    alone = [c for c in children if len(names[c.address_line, c.postal_code]) > 1]
    assert len(alone) / len(children) < 0.15


def test_no_child_lives_without_a_grown_up(crowd):
    by_home = {}
    for one in crowd[:-20]:
        by_home.setdefault((one.address_line, one.postal_code), []).append(age(one))
    assert all(max(ages) >= 18 for ages in by_home.values())


def test_some_came_from_abroad_some_are_dead_and_some_use_the_account(crowd):
    languages = Counter(one.language for one in crowd)
    assert languages["pl"] > 0.9 * len(crowd)
    assert languages["uk"] > languages["en"] > 20
    assert 0.004 < share(crowd, lambda one: one.died_on is not None) < 0.05
    assert 0.35 < share(crowd, lambda one: one.first_used_on is not None) < 0.6
    assert all(one.first_used_on is None for one in crowd if age(one) < 15)


def test_dates_come_in_the_right_order_and_texts_fit_a_copy(crowd):
    for one in crowd:
        end = one.died_on or TODAY
        assert one.birth_date <= one.opened_on <= (one.first_used_on or end) <= end
        assert not {"\t", "\\", "\n"} & set("".join(filter(None, map(str, one))))
