"""The app's own files: the same for everybody, and whole."""

import json
import re
import shutil
import subprocess

import pytest
from django.test import Client
from django.urls import reverse
from tests import people

from zamiast.audit.models import Look
from zamiast.portal.models import Link
from zamiast.portal.tests.test_health import bring
from zamiast.records.tests.resources import KEY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _portal(site):
    site("portal")


def test_the_manifest_speaks_the_readers_language():
    for language, name in (("pl", "konto pacjenta"), ("uk", "обліковий запис пацієнта")):
        answer = Client(headers={"Accept-Language": language}).get("/manifest.webmanifest")
        told = json.loads(answer.content)
        assert answer["Content-Type"] == "application/manifest+json"
        assert name in told["name"]
        assert told["lang"] == language
        assert {icon["sizes"] for icon in told["icons"]} == {"192x192", "512x512"}


def test_the_service_worker_knows_every_kind_of_news_in_three_languages():
    text = Client().get("/service-worker.js").content.decode()
    news = json.loads(re.search(r"const NEWS = (.*);", text)[1])
    assert set(news) == {"pl", "en", "uk"}
    kinds = {"confirmation", "answer", "entry", "access", "look", "receipt"}
    for told in news.values():
        assert set(told) == kinds
        assert all(one["text"] and one["address"].startswith("/") for one in told.values())
    assert news["pl"]["answer"]["text"] == "Jest coś nowego w jednej z Twoich spraw."


@pytest.mark.skipif(shutil.which("node") is None, reason="no node on this machine")
def test_the_service_worker_is_a_script_that_a_browser_can_read():
    text = Client().get("/service-worker.js").content
    done = subprocess.run(["node", "--check", "-"], input=text, capture_output=True)
    assert done.returncode == 0, done.stderr


def test_the_page_without_a_network_names_nobody_and_speaks_its_own_language():
    client = Client()
    client.force_login(people.holder("anna", given_names="Anna", family_name="Nowak"))
    for language, words in (("pl", "Brak sieci"), ("en", "No network"), ("uk", "Немає мережі")):
        page = client.get(reverse("offline", args=[language])).content.decode()
        assert words in page
        assert f'<html lang="{language}"' in page
        assert "Nowak" not in page
        assert "csrf" not in page
    assert client.get(reverse("offline", args=["de"])).status_code == 404


def test_what_is_kept_is_what_the_holder_wished_and_nothing_else():
    user = people.holder("anna")
    bring(Link.objects.get(user=user).account)
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user)
    answer = client.get(reverse("kept"), {"identifier": "1"})
    told = answer.json()
    assert set(told) == {"as_of", "identifier", "insurance"}
    assert set(told["identifier"]) == {"groups", "spoken", "qr", "active"}
    assert told["insurance"] == [{"text": "Umowa o pracę · Valid · since 1 January 2020 · NFZ"}]
    assert "no-store" in answer["Cache-Control"]
    assert Look.objects.get(what="access.opened").fields == "see_account"


def test_prescriptions_are_kept_with_their_key_only_while_they_can_be_collected():
    user = people.holder("anna")
    account = Link.objects.get(user=user).account
    bring(account, "MedicationRequest")
    bring(account, "MedicationRequest", source="over", status="completed")
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user)
    told = client.get(reverse("kept"), {"prescriptions": "1"}).json()
    assert set(told) == {"as_of", "prescriptions"}
    (one,) = told["prescriptions"]
    assert one["name"] == "Ramipryl 5 mg"
    assert one["validity"] == "valid until 2 October 2027"
    assert one["code"] == "Code of 4 digits: 0417"
    assert one["key"].replace(" ", "") == KEY
    assert one["qr"].startswith("<svg")
    both = client.get(reverse("kept"), {"identifier": "1", "prescriptions": "1"}).json()
    assert set(both) == {"as_of", "identifier", "insurance", "prescriptions"}
    assert client.get(reverse("kept"), {"documents": "1"}).status_code == 400


def test_a_browser_is_subscribed_asked_and_dropped(settings):
    from zamiast.portal.tests.push_service import Browser

    client = Client()
    client.force_login(people.holder("anna"))
    given = Browser("https://fcm.googleapis.com/fcm/send/x").given

    def send(verb, **more):
        return client.post(reverse("subscription"), {"verb": verb, **given, **more})

    assert send("ask").json() == {"switches": None}
    assert send("on", confirmation="1").json() == {
        "switches": {"confirmation": True, "answer": False, "entry": False, "look": False}
    }
    assert send("off").json() == {"switches": None}
    assert send("nonsense").status_code == 400
    assert (
        client.post(
            reverse("subscription"),
            {"verb": "on", **given, "endpoint": "https://elsewhere.example/"},
        ).status_code
        == 400
    )
