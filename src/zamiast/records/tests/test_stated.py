"""Who insures, represents and is authorised, from FHIR: by command, as the importer's role."""

import datetime
import json

import pytest

from zamiast.audit.models import Look
from zamiast.audit.services import OPERATOR
from zamiast.cli import main
from zamiast.guardianship import models, selectors
from zamiast.pure.access import Want
from zamiast.records.models import Entry
from zamiast.records.tests import samples
from zamiast.registry import services as registry
from zamiast.registry.models import Account

TODAY = datetime.date.today()
BORN = TODAY - datetime.timedelta(days=9 * 365)
OURS = "urn:zamiast:"
ROLES = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"


def of(number):
    return {"reference": f"Patient/p{number}"}


def extension(name, kind, value):
    return {"url": f"{OURS}{name}", f"value{kind}": value}


def cover(**more):
    """The mother (p1) insures the child (p3), published long ago."""
    return {
        "resourceType": "Coverage", "id": "c1", "status": "active", "beneficiary": of(3),
        "type": {"coding": [{"system": f"{OURS}payer", "code": "employer"}]},
        "subscriber": of(1), "period": {"start": str(BORN)}, "payor": [{"display": "NFZ"}],
        "extension": [extension("published", "Date", str(BORN + datetime.timedelta(days=20)))],
    } | more  # fmt: skip


def related(number, identity, code="PRN", *more, **fields):
    return {
        "resourceType": "RelatedPerson", "id": identity, "patient": of(3),
        "relationship": [{"coding": [{"system": ROLES, "code": code}]}],
        "period": {"start": str(BORN)},
        "extension": [extension("patient", "Reference", of(number)), *more],
    } | fields  # fmt: skip


def consent(**more):
    """The mother (p1) authorises the father (p2): her account's data."""
    return {
        "resourceType": "Consent", "id": "y1", "status": "active", "patient": of(1),
        "dateTime": str(TODAY), "performer": [of(1)],
        "provision": {"type": "permit", "period": {"start": str(TODAY)},
                      "actor": [{"reference": of(2)}],
                      "action": [{"coding": [{"system": f"{OURS}scope", "code": "account_data"}]}]},
    } | more  # fmt: skip


@pytest.fixture
def take(database, as_role, capsys, tmp_path):
    """Import these resources, with the family, as the importer; the summary."""

    def start(*resources):
        people = [samples.patient(1), samples.patient(2, name=[{"family": "Lis"}]),
                  samples.patient(3, birthDate=str(BORN), name=[{"family": "Mała"}])]  # fmt: skip
        path = samples.ndjson(tmp_path / "export.ndjson", *resources, *people)
        with as_role("importer"):
            code = main(["import", "fhir", str(path), "--source", "zus", "--json"])
        told = json.loads(capsys.readouterr().out)
        return code, told

    return start


def account(number):
    return Account.objects.get(
        person__sources__system="zus/Patient", person__sources__value=f"p{number}"
    ).pk


def sees(number, whose):
    return selectors.decide(account(number), Want.SEE_ACCOUNT, account(whose))


def facts(told):
    return told["facts_new"], told["facts_changed"], told["facts_unchanged"], told["refused"]


def test_a_parent_who_insures_sees_the_child_and_another_import_changes_nothing(take):
    family = (cover(), related(1, "r1", "MTH"), related(2, "r2", "FTH"), consent())
    code, told = take(*family)
    assert (code, facts(told)) == (0, (4, 0, 0, 0))
    for number in (1, 2):
        registry.mark_used(account(number), by=OPERATOR)
    assert sees(1, 3).allowed
    assert sees(2, 3).codes[0] == "DID_NOT_REGISTER"
    assert sees(2, 1).allowed, "authorised by her"
    assert Entry.objects.get(kind="Coverage").account_id == account(3)
    assert Look.objects.filter(account_id=account(2), what="relation.stated").exists()
    assert facts(take(*family)[1]) == (0, 0, 4, 0)


def test_not_published_yet_and_what_came_to_an_end(take):
    yesterday = str(TODAY - datetime.timedelta(days=1))
    take(cover(extension=[], period={"start": yesterday}), related(1, "r1"))
    registry.mark_used(account(1), by=OPERATOR)
    assert sees(1, 3).codes[0] == "NOT_PUBLISHED_YET"
    take(cover(), related(1, "r1"))
    assert sees(1, 3).allowed
    over = cover(
        period={"start": str(BORN), "end": yesterday},
        extension=[*cover()["extension"], extension("ended-by", "Code", "job_change")],
    )
    take(over, related(1, "r1"))
    assert "JOB_CHANGED" in sees(1, 3).codes


def test_a_ruling_closes_and_an_entry_in_error_was_never_there(take):
    taken_away = [extension("authority", "Code", "taken_away"),
                  extension("court", "String", "Sąd Rejonowy w Lublinie"),
                  extension("file-number", "String", "III Nsm 1/26")]  # fmt: skip
    take(cover(), related(1, "r1", "MTH", *taken_away))
    registry.mark_used(account(1), by=OPERATOR)
    assert sees(1, 3).codes[0] == "AUTHORITY_TAKEN_AWAY"
    take(cover(status="entered-in-error"))
    assert models.Insurance.objects.get().ended_because == "mistake"


def test_an_own_title_a_foster_carer_and_a_curator(take):
    own = {"coding": [{"system": f"{OURS}own-title", "code": "seasonal_job"}]}
    curator = related(2, "r2", extension=[extension("patient", "Reference", of(2))])
    curator["relationship"] = [{"coding": [{"system": f"{OURS}relation", "code": "curator"}]}]
    code, told = take(
        cover(id="c2", type=own, subscriber=of(3)), related(1, "r1", "MTHFOST"), curator
    )
    assert (code, facts(told)) == (0, (3, 0, 0, 0))
    assert models.OwnTitle.objects.get().title == "seasonal_job"
    assert models.FosterCare.objects.get().carer_id == account(1)
    assert models.Representation.objects.get().role == "curator"


@pytest.mark.parametrize(
    ("resource", "reason"),
    [
        (related(1, "r1", extension=[]), "RelatedPerson: urn:zamiast:patient: the Patient who"),
        (related(9, "r1"), "RelatedPerson: somebody whom it names is not known here"),
        (related(3, "r1"), "RelatedPerson: nobody represents themselves"),
        (related(1, "r1", period={"start": "2020"}), "period.start: a whole day"),
        (related(1, "r1", "PRN", extension("authority", "Code", "some")), "none of full"),
        (cover(subscriber=of(9)), "Coverage: somebody whom it names is not known here"),
        (consent(provision={"type": "permit", "actor": [], "action": consent()["provision"]
                            ["action"]}), "one person for each Consent"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_without_its_content(take, resource, reason):
    code, told = take(resource)
    assert code == 1
    assert reason in told["refusals"][0]["reason"]
    assert not any(table.objects.exists() for table in models.ROWS)


@pytest.mark.parametrize(
    "resource",
    [
        cover(subscriber=of(3)),
        cover(subscriber={"reference": "Organization/o1"}),
        related(1, "r1", "UNCLE"),
        consent(status="proposed"),
        consent(provision={"type": "deny"}),
    ],
)
def test_what_says_nothing_about_access_states_nothing(take, resource):
    code, told = take(resource)
    assert (code, facts(told)) == (0, (0, 0, 0, 0))


def test_a_pesel_names_nobody_and_is_kept_nowhere(take):
    by_pesel = {"system": samples.PESEL_SYSTEM, "value": "44051401458"}
    code, told = take(related(1, "r1", extension=[], identifier=[by_pesel]))
    assert code == 1
    assert "44051401458" not in json.dumps(told)
