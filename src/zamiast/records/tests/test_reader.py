"""Reading files: every line is a resource or a refusal, and nothing of it is repeated."""

import json

import pytest

from zamiast.errors import BadInput
from zamiast.records.fhir import reader
from zamiast.records.fhir.reader import Found, Refusal
from zamiast.records.tests import samples


def read(path):
    return list(reader.read(path))


def test_lines_keep_their_numbers_and_empty_ones_are_passed_over(tmp_path):
    path = samples.ndjson(tmp_path / "a.ndjson", samples.patient(1), "", "  ", samples.patient(2))
    found = read(path)
    assert [(one.type, one.id, one.place.line) for one in found] == [
        ("Patient", "p1", 1),
        ("Patient", "p2", 4),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"resourceType": "Patient", "id": "44051401458"', "not JSON"),
        (b'{"resourceType": "Patient\xff", "id": "1"}', "not JSON"),
        ('["44051401458"]', "wrong type of value"),
        ('{"resourceType": 44051401458}', "wrong type of value at $.resourceType"),
        ('{"id": "44051401458"}', "there is no resourceType, so it is not FHIR"),
        ("[" * 100_000, "wrong type of value"),
        ('{"a":' * 100_000, "not JSON"),
    ],
)
def test_a_bad_line_is_told_by_place_and_reason_only(tmp_path, line, reason):
    good = samples.patient(1)
    first, bad, last = read(samples.ndjson(tmp_path / "a.ndjson", good, line, good))
    assert isinstance(first, Found)
    assert isinstance(last, Found)
    assert bad == Refusal(reader.Place("a.ndjson", 2), reason)


def test_a_line_without_end_is_refused_and_the_next_one_read(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "LONGEST_LINE", 1000)
    path = samples.ndjson(tmp_path / "a.ndjson", "x" * 5000, samples.patient(1))
    bad, good = read(path)
    assert bad.reason == "the line is too long"
    assert good.place.line == 2


def test_windows_lines_and_a_byte_order_mark_do_no_harm(tmp_path):
    path = tmp_path / "a.ndjson"
    line = json.dumps(samples.patient(1)).encode()
    path.write_bytes(b"\xef\xbb\xbf" + line + b"\r\n" + line)
    assert [one.id for one in read(path)] == ["p1", "p1"]


@pytest.mark.parametrize("kind", sorted(reader.BUNDLES))
def test_a_bundle_gives_its_entries(tmp_path, kind):
    new = {**samples.patient(1)}
    del new["id"]
    path = samples.bundle(tmp_path / "b.json", samples.organization(4), new, kind=kind)
    assert [(one.id, one.place.entry) for one in read(path)] == [("o4", 1), ("1", 2)]


def test_a_bundle_of_another_type_is_refused_whole(tmp_path):
    (bad,) = read(samples.bundle(tmp_path / "b.json", samples.patient(), kind="message"))
    assert "not read" in bad.reason


def test_entries_without_a_resource_are_passed_over_and_bad_ones_refused(tmp_path):
    whole = {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [
            {"request": {"method": "DELETE", "url": "Patient/1"}},
            {"resource": {"id": "x"}},
            {"resource": "Patient"},
            {"resource": samples.patient(3)},
        ],
    }
    path = tmp_path / "b.json"
    path.write_text(json.dumps(whole))
    kinds = [(type(one).__name__, one.place.entry) for one in read(path)]
    assert kinds == [("Refusal", 2), ("Refusal", 3), ("Found", 4)]


def test_a_single_resource_and_a_bundle_on_a_line_are_read_too(tmp_path):
    one = tmp_path / "p.json"
    one.write_text(json.dumps(samples.patient(9), indent=2))
    assert [found.id for found in read(one)] == ["p9"]
    lines = samples.ndjson(
        tmp_path / "b.ndjson",
        {"resourceType": "Bundle", "type": "batch", "entry": [{"resource": samples.patient(5)}]},
    )
    assert [(found.id, found.place.line, found.place.entry) for found in read(lines)] == [
        ("p5", 1, 1)
    ]


def test_the_log_of_a_download_is_not_data(tmp_path):
    path = samples.ndjson(tmp_path / "log.ndjson", {"exportId": "1", "eventId": "kickoff"}, "{}")
    assert read(path) == []


def test_a_file_name_is_guarded_too(tmp_path):
    (bad,) = read(samples.ndjson(tmp_path / "44051401458.ndjson", "x"))
    assert "44051401458" not in str(bad)


def test_a_folder_without_data_says_so(tmp_path):
    (tmp_path / "README.md").write_text("nothing")
    with pytest.raises(BadInput, match=r"import\.nothing"):
        reader.files(tmp_path)
