"""The app's own files: the same for everybody, and whole."""

import json
import re
import shutil
import subprocess

import pytest
from django.test import Client
from django.urls import reverse
from tests import people

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
    assert news["pl"]["answer"]["text"] == "Na Twoim koncie jest odpowiedź."


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


def test_what_is_kept_is_the_identifier_and_nothing_else():
    client = Client()
    client.force_login(people.holder("anna"))
    answer = client.get(reverse("kept"))
    told = answer.json()
    assert set(told) == {"as_of", "identifier"}
    assert set(told["identifier"]) == {"groups", "spoken", "qr", "active"}
    assert "no-store" in answer["Cache-Control"]


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
