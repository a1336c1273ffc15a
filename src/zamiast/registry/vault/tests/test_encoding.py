"""What is written down, byte by byte: against vectors that were made without this code."""

import datetime
import json
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zamiast.errors import BadInput, Misconfigured
from zamiast.registry.vault import crypto, keys, operators, protocol
from zamiast.registry.vault.numbers import Kind, Number, normal

VECTORS = json.loads((Path(__file__).parents[5] / "tests/vectors/vault.json").read_text("utf-8"))
E = crypto.Key("e-1", bytes(range(32)))
F = crypto.Key("f-1", bytes(range(32, 64)))


@pytest.mark.parametrize(
    ("kind", "value", "issuer", "expected", "expected_issuer"), VECTORS["normal"]
)
def test_the_normal_form(kind, value, issuer, expected, expected_issuer):
    found = normal(Number(Kind(kind), value, issuer))
    assert (found.value, found.issuer) == (expected, expected_issuer)
    assert normal(found) == found


@pytest.mark.parametrize(("kind", "value", "issuer"), VECTORS["refused"])
def test_what_has_no_normal_form(kind, value, issuer):
    with pytest.raises(BadInput) as caught:
        normal(Number(Kind(kind), value, issuer))
    assert not value or len(value) < 4 or value not in str(caught.value) + caught.value.sentence


@given(
    st.sampled_from(Kind),
    st.text(max_size=300),
    st.text(max_size=5) | st.sampled_from(["PL", "de"]),
)
def test_any_text_has_a_normal_form_or_a_reason(kind, value, issuer):
    try:
        found = normal(Number(kind, value, issuer))
    except BadInput:
        return
    assert normal(found) == found


@pytest.mark.parametrize("vector", VECTORS["fingerprints"])
def test_fingerprints(vector):
    number = Number(Kind(vector["kind"]), vector["value"], vector["issuer"])
    assert crypto.fingerprint(F, number).hex() == vector["fingerprint"]
    assert crypto.asked(F, [number]).hex() == vector["asked"]
    message = crypto.bound("zamiast-fingerprint-1", number.kind, number.issuer, number.value)
    assert message.decode() == vector["message"]


@pytest.mark.parametrize("vector", VECTORS["sealed"])
def test_sealing(vector):
    nonce, identity = bytes.fromhex(vector["nonce"]), vector["identity"]
    sealed = crypto.seal(E, vector["text"], *identity, nonce=nonce)
    assert sealed.hex() == vector["sealed"]
    assert crypto.unseal(E, sealed, *identity) == vector["text"]
    assert crypto.bound("zamiast-vault-1", "e-1", *identity).decode() == vector["associated_data"]


def test_a_ciphertext_opens_in_its_own_row_only():
    identity = ["number", "id", "17", "pesel", "PL"]
    sealed = crypto.seal(E, "44051401458", *identity)
    assert sealed != crypto.seal(E, "44051401458", *identity)
    for place in range(len(identity)):
        other = [*identity[:place], identity[place] + "x", *identity[place + 1 :]]
        with pytest.raises(Misconfigured):
            crypto.unseal(E, sealed, *other)
    for wrong in (crypto.Key("e-1", F.secret), crypto.Key("e-2", E.secret)):
        with pytest.raises(Misconfigured):
            crypto.unseal(wrong, sealed, *identity)
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(Misconfigured) as caught:
            crypto.unseal(E, bytes(changed), *identity)
        assert caught.value.__context__ is None or caught.value.__suppress_context__


@given(st.lists(st.text(max_size=8), max_size=4), st.lists(st.text(max_size=8), max_size=4))
def test_no_two_lists_are_bound_alike(one, other):
    assert (crypto.bound(*one) == crypto.bound(*other)) == (one == other)


def test_keys_are_read_and_written():
    for text in (VECTORS["keys"]["text"], VECTORS["keys"]["line"]):
        found = keys.parse(text, "encryption")
        assert [key.id for key in found] == VECTORS["keys"]["ids"]
        assert [key.secret.hex() for key in found] == VECTORS["keys"]["secrets"]
        assert keys.parse(keys.written(found), "encryption") == found
        assert found[0].secret.hex() not in repr(found)


@pytest.mark.parametrize("text", VECTORS["keys"]["refused"])
def test_keys_that_are_none(text):
    with pytest.raises(Misconfigured) as caught:
        keys.parse(text, "encryption")
    assert "AAEC" not in caught.value.sentence  # no part of a key is repeated


def test_both_kinds_need_keys_of_their_own():
    text = keys.written((E,))
    with pytest.raises(Misconfigured):
        keys.read_ring({"encryption": keys.Source(text), "fingerprint": keys.Source(text)})


@pytest.mark.parametrize("vector", VECTORS["proofs"])
def test_proofs_of_keys(vector):
    assert crypto.proof(E, vector["kind"]).hex() == vector["proof"]


@pytest.mark.parametrize("vector", VECTORS["frames"])
def test_frames(vector):
    request = protocol.decode_request(vector["json"].encode())
    ours, theirs = socket.socketpair()
    with ours, theirs:
        protocol.send(ours, protocol.encode(request))
        assert theirs.recv(1000).hex() == vector["frame"]
        theirs.sendall(bytes.fromhex(vector["frame"]))
        assert protocol.decode_request(protocol.receive(ours, idle=5)) == request


@pytest.mark.parametrize("vector", VECTORS["totp"])
def test_one_time_codes(vector):
    secret = bytes.fromhex(vector["secret"])
    assert operators.totp(secret, vector["time"] // operators.PERIOD) == vector["code"]


def test_no_repr_shows_a_number_a_token_or_a_code():
    number = Number(Kind.PESEL, "44051401458")
    entry = protocol.Entry(1, number, datetime.date(2020, 1, 1))
    told = repr([
        number, str(number), entry, protocol.Store("importer", "token", [entry]),
        protocol.Match("portal", "token", number),
        protocol.Reveal("operator", "token", 1, "reason 44051401458", "jan", "123456"),
        protocol.Enrolled("otpauth://secret"), protocol.Revealed(number, None, None),
    ])  # fmt: skip
    assert not [one for one in ("4405", "token", "123456", "otpauth") if one in told]


def test_a_batch_of_the_largest_numbers_fits_into_a_frame():
    number = Number(Kind.EIDAS, "DE/PL/" + "x" * 240, "urn:" + "x" * 190)
    token = "t" * 43
    assert (
        len(protocol.encode(protocol.MatchMany("importer", token, [number] * protocol.MOST)))
        < protocol.LARGEST
    )
    entry = protocol.Entry(2**63 - 1, number, *[datetime.date(2020, 1, 1)] * 2, True)
    assert (
        len(protocol.encode(protocol.Store("importer", token, [entry] * protocol.MOST)))
        < protocol.LARGEST
    )
