"""Importing who insures whom, as the importer's role: good files, bad files, again and again."""

import datetime
from pathlib import Path

import pytest

from zamiast.audit.models import Event, Look
from zamiast.cli import main
from zamiast.errors import BadInput
from zamiast.guardianship import selectors
from zamiast.guardianship.insurance.importing import Import
from zamiast.guardianship.insurance.reading import columns_of, encoding_of, plain
from zamiast.guardianship.models import Because, Insurance, OwnTitle
from zamiast.guardianship.tests import family as made
from zamiast.guardianship.tests.family import HOLDER
from zamiast.pure.access import Want
from zamiast.registry.models import SourceRecord

DATA = Path(__file__).parents[4] / "tests" / "data"
NAMES = ("zofia", "jan", "kacper", "ola", "maria", "piotr", "umarly")


@pytest.fixture
def people(database):
    found = {}
    for name in NAMES:
        pk = made.adult(name.title()) if name in ("maria", "piotr") else made.child(name.title())
        SourceRecord.objects.create(
            person=made.registry_account(pk).person, system="zus", value=name
        )
        found[name] = pk
    made.registry.close_account(made.registry_account(found["umarly"]), because="death", by=HOLDER)
    return found


def write(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "file.csv"
    path.write_bytes(text.encode(encoding))
    return path


def counts(summary):
    return summary.new, summary.changed, summary.unchanged, summary.refused


def test_a_file_is_imported_and_again_changes_nothing(people, as_role):
    for name in ("maria", "piotr"):
        made.parent(people[name], people["zofia" if name == "maria" else "jan"])
    with as_role("importer"):
        first = Import().run(DATA / "insurance.csv")
        again = Import().run(DATA / "insurance.csv")
    assert counts(first) == (5, 0, 0, 0)
    assert counts(again) == (0, 0, 5, 0)
    assert first.insurers_not_here == 1
    row = Insurance.objects.get(account=people["zofia"])
    assert (row.payer, row.payer_nip, str(row.published_on)) == (
        "employer", "5260300291", "2024-09-12",
    )  # fmt: skip
    assert Insurance.objects.get(account=people["kacper"]).ended_because == Because.JOB_CHANGE
    title = OwnTitle.objects.get(account=people["kacper"])
    assert (title.title, str(title.ended_on)) == ("seasonal_job", "2025-08-31")
    assert Insurance.objects.get(account=people["ola"]).insurer_ref == "zus|ktos-nieznany"
    looks = Look.objects.filter(what="insurance.registered").values_list("account_id", flat=True)
    assert set(looks) == {
        people[name] for name in ("zofia", "jan", "kacper", "ola", "maria", "piotr")
    }
    assert Event.objects.filter(what="insurance.imported").count() == 2
    with as_role("portal"):
        see = Want.SEE_ACCOUNT
        assert selectors.decide(people["maria"], see, people["zofia"]).codes == ("INSURES_CHILD",)
        assert "PUBLICATION_OVERDUE" in selectors.decide(people["piotr"], see, people["jan"]).codes


def test_every_error_is_told_by_line_and_reason_without_content(people, as_role):
    told = []
    with as_role("importer"):
        summary = Import(on_wrong=told.append).run(DATA / "insurance_with_errors.csv")
    assert counts(summary) == (2, 0, 1, 15)
    reasons = {one.line: one.reason for one in told}
    assert sorted(reasons) == [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 20]
    for line, words in {
        4: "platnik must be one of", 5: "before data_zgloszenia", 6: "is no day such as",
        7: "lies in the future", 8: "data_publikacji is before", 9: "dziecko is nobody here",
        10: "does not insure itself", 11: "dziecko is empty", 12: "ubezpieczajacy is empty",
        13: "neither an identifier nor", 14: "has 4 columns", 15: "data_zgloszenia is empty",
        16: "przyczyna must be one of", 17: "is closed", 20: "quote",
    }.items():  # fmt: skip
        assert words in reasons[line], (line, reasons[line])
    everything = " ".join(reasons.values())
    assert not any(word in everything for word in ("Płocka", "44051401458", "zły", "zofia"))


def test_what_comes_later_is_filled_in_once(people, as_role, tmp_path):
    header = "dziecko;ubezpieczajacy;platnik;data_zgloszenia;data_publikacji;data_wyrejestrowania\n"
    line = "zus|zofia;zus|maria;zus;01.02.2024;{};{}\n"
    steps = [
        (("", ""), (1, 0, 0, 0)),
        (("05.02.2024", ""), (0, 1, 0, 0)),
        (("05.02.2024", "01.05.2025"), (0, 1, 0, 0)),
        (("", ""), (0, 0, 1, 0)),
        (("06.02.2024", ""), (0, 0, 0, 1)),
        (("", "02.05.2025"), (0, 0, 0, 1)),
    ]
    with as_role("importer"):
        for values, expected in steps:
            path = write(tmp_path, header + line.format(*values))
            assert counts(Import().run(path)) == expected, values
    row = Insurance.objects.get()
    assert (row.published_on, row.ended_on) == (
        datetime.date(2024, 2, 5), datetime.date(2025, 5, 1),
    )  # fmt: skip


def test_people_are_named_by_identifier_too_and_a_check_keeps_nothing(people, as_role, tmp_path):
    child, mother = (made.number(people[name]) for name in ("zofia", "maria"))
    grouped = " ".join(child[i : i + 3] for i in range(0, 12, 3))
    text = f"dziecko,ubezpieczajacy,platnik,data_zgloszenia\n{grouped},{mother},zus,1.2.2024\n"
    path = write(tmp_path, text, "utf-8-sig")
    with as_role("importer"):
        assert counts(Import(check_only=True).run(path)) == (1, 0, 0, 0)
        assert not Insurance.objects.exists()
        assert counts(Import().run(path)) == (1, 0, 0, 0)
    assert Insurance.objects.get().insurer_id == people["maria"]


def test_a_national_number_is_for_the_vault_alone(people, as_role, tmp_path):
    from zamiast.pure.numerals import pesel

    number = next(n for n in (f"9001011{i:04}" for i in range(9999)) if pesel.is_well_formed(n))
    text = "dziecko_pesel;ubezpieczajacy;platnik;data_zgloszenia\n" + (
        f"{number};zus|maria;zus;01.02.2024\n"
    )
    path = write(tmp_path, text)
    person = made.registry_account(people["zofia"]).person_id
    with as_role("importer"):
        refused = Import().run(path)
        assert counts(refused) == (0, 0, 0, 1)
        assert "only the vault" in refused.wrong[0].reason
        assert number not in repr(refused)
        done = Import(resolve=lambda numbers: [person for _ in numbers]).run(path)
    assert counts(done) == (1, 0, 0, 0)
    assert done.numbers_dropped == 1


def test_somebody_who_arrives_later_takes_over_the_registration(people, as_role):
    with as_role("importer"):
        Import().run(DATA / "insurance.csv")
    late = made.adult("Nieznany")
    SourceRecord.objects.create(
        person=made.registry_account(late).person, system="zus", value="ktos-nieznany"
    )
    with as_role("importer"):
        assert counts(Import().run(DATA / "insurance.csv")) == (1, 0, 4, 0)
    rows = Insurance.objects.filter(account=people["ola"]).order_by("pk")
    assert [row.ended_because for row in rows] == [Because.MISTAKE, None]
    assert rows[1].insurer_id == late


@pytest.mark.parametrize("text", ["", "a;b\n", "dziecko;dziecko;data_zgloszenia\n"])
def test_a_file_without_its_columns_is_refused_whole(tmp_path, text):
    path = write(tmp_path, text)
    with pytest.raises(BadInput):
        list(Import().run(path).wrong)


def test_other_encodings_are_refused_with_advice(tmp_path):
    path = write(tmp_path, "dziecko;data_zgloszenia\n", "utf-16")
    with pytest.raises(BadInput) as caught:
        encoding_of(path)
    assert "UTF-8" in caught.value.sentence
    assert encoding_of(write(tmp_path, "Płatnik", "cp1250")) == "cp1250"
    assert encoding_of(write(tmp_path, "Płatnik")) == "utf-8-sig"
    assert columns_of("dziecko\tdata_zgloszenia")[1] == "\t"
    assert plain("Data Zgłoszenia") == "data_zgloszenia"


def test_the_command(people, monkeypatch, capsys):
    from django.db import connection

    from zamiast.config.database import address

    monkeypatch.setitem(connection.settings_dict, "USER", address.role_name("importer"))
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", address.role_password("importer"))
    connection.close()
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "zamiast.config.settings.manage")
    assert main(["import", "insurance", str(DATA / "insurance.csv")]) == 0
    assert "registrations new 5" in capsys.readouterr().out
    assert main(["import", "insurance", str(DATA / "insurance_with_errors.csv")]) == 1
    assert "line 4: platnik must be one of" in capsys.readouterr().err
