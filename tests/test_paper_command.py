"""``zamiast paper print``: a sheet for somebody who stands before the operator."""

import io
import re

from pypdf import PdfReader

from tests import people
from zamiast import cli
from zamiast.registry import selectors
from zamiast.verification.models import Sheet


def run(monkeypatch, number, to):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{number}\n"))
    return cli.main(["paper", "print", "--seen", "passport", "--to", str(to)])


def test_a_sheet_is_printed_once_into_a_file_of_its_own(database, monkeypatch, tmp_path, capsys):
    account = people.account(language="uk", family_name="Ковальчук")
    number = str(selectors.current_identifier(account.pk).number)
    file = tmp_path / "sheet.pdf"
    assert run(monkeypatch, number, file) == 0
    assert file.stat().st_mode & 0o777 == 0o600
    text = PdfReader(file).pages[0].extract_text()
    assert len(re.findall(r"\d{4}\s+\d{4}", text)) == 20
    assert "Ковальчук" not in text
    assert number not in text.replace(" ", "")
    assert Sheet.objects.get().account_id == account.pk
    kept = file.read_bytes()
    assert run(monkeypatch, number, file) == 1, "nothing is overwritten"
    assert file.read_bytes() == kept
    assert Sheet.objects.count() == 1
    assert "new file" in capsys.readouterr().err


def test_of_a_wrong_identifier_nothing_is_left(database, monkeypatch, tmp_path, capsys):
    file = tmp_path / "sheet.pdf"
    assert run(monkeypatch, "950 120 144 438", file) == 1
    assert not file.exists()
    said = capsys.readouterr().err
    assert "no account identifier" in said
    assert "438" not in said
