"""The demo's desk is not empty, and stays as people left it."""

from zamiast.demo import cast, desk_cases
from zamiast.helpline import reports
from zamiast.helpline.models import Callback, Case


def test_the_desk_has_cases_of_every_kind_once(database, site, settings):
    settings.DEMO = True
    site("desk")
    cast.install()
    desk_cases.install()
    now = reports.now()
    assert (now.in_call, now.waiting, now.overdue, now.unread) == (0, 1, 1, 1)
    assert now.open >= 8
    assert Case.objects.closed().count() == 2
    assert Case.objects.values("queue").distinct().count() >= 5
    assert Callback.objects.promised().count() == 1
    assert reports.by_matter(14)[0].opened > 100
    count = Case.objects.count()
    desk_cases.install()
    assert Case.objects.count() == count
