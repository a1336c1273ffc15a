"""A run in a call: kept with its version, forgotten when the call ends, told in the log."""

import datetime

import pytest
from django.utils import timezone

from zamiast.audit.models import Event
from zamiast.helpline.models import Case
from zamiast.helpline.scripts import jobs, library
from zamiast.helpline.scripts.models import ScriptRun, ScriptVersion
from zamiast.helpline.tests.conftest import at_desk, consultant, supervisor  # noqa: F401
from zamiast.verification.models import Call

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def desk(consultant, at_desk):  # noqa: F811
    desk = at_desk(consultant)
    desk.take_call()
    return desk


def page(answer):
    return answer.content.decode()


def test_one_question_at_a_time_and_the_way_back(desk):
    shown = page(desk.begin("wrong_data"))
    assert "Co się nie zgadza?" in shown
    shown = page(desk.step(step="what", answer="insurance", note="Dzwoni pierwszy raz."))
    assert "insurance, contributions" in shown  # the way so far
    assert "Dzwoni pierwszy raz.</textarea>" in shown
    shown = page(desk.step(step="insurance", answer="missing"))
    assert "the employer (personnel office)" in shown
    assert "opened and closed at once" in shown
    shown = page(desk.step(back="what"))
    assert "Co się nie zgadza?" in shown
    assert ScriptRun.objects.get().answers == {}


def test_a_second_click_and_nonsense_change_nothing(desk):
    desk.begin("wrong_data", "what=insurance")
    desk.step(step="nothing", answer="x")
    refused = desk.step(step="insurance", answer="king")
    assert refused.status_code == 400
    assert "That is no answer" in page(refused)
    desk.step(step="what", answer="insurance")  # the same once more
    assert ScriptRun.objects.get().answers == {"what": "insurance"}


def test_an_earlier_answer_changed_drops_what_no_longer_lies_on_the_way(desk):
    desk.begin("wrong_data", "what=insurance", "insurance=dates", "reported=no")
    desk.step(step="what", answer="personal")
    assert ScriptRun.objects.get().answers == {"what": "personal"}


def test_a_running_call_keeps_the_version_that_it_began_with(desk, tmp_path, settings):
    desk.begin("was_it_you")
    text = (library.SHIPPED / "was_it_you.yaml").read_text("utf-8")
    changed = text.replace("Co się stało?", "Co nowego?").replace("version: 2", "version: 3")
    (tmp_path / "was_it_you.yaml").write_text(changed, "utf-8")
    settings.SCRIPTS = str(tmp_path)
    library.forget()
    try:
        shown = page(desk.client.get(desk.sheet))
        assert "Co się stało?" in shown
        assert "Version 2 of the script." in shown
        desk.step(step="now", answer="message")
        desk.client.post(f"{desk.sheet}hang-up/")
        desk.take_call()
        shown = page(desk.begin("was_it_you"))
        assert "Co nowego?" in shown
        assert "Version 3 of the script." in shown
    finally:
        settings.SCRIPTS = ""
        library.forget()
    assert set(ScriptVersion.objects.values_list("script", "version")) == {
        ("was_it_you", 2), ("was_it_you", 3)}  # fmt: skip
    shown = page(desk.client.get(desk.sheet))  # the folder is gone, the call goes on
    assert "Co nowego?" in shown


def test_without_a_case_no_answer_is_left_and_with_one_only_what_it_needs(desk):
    desk.begin("covid_referral", "asks=vaccination", "who=self", "age=y55", "had_dose=yes")
    desk.step(step="dose", typed="2026-06-17", note="PESEL 44051401458")
    run = ScriptRun.objects.get()
    assert run.answers["dose"] == "2026-06-17"
    assert "44051401458" not in run.note
    desk.client.post(f"{desk.sheet}case/", {"matter": "covid_referral", "note": "Pyta o termin."})
    desk.begin("was_it_you", "now=message")
    desk.client.post(f"{desk.sheet}hang-up/")
    kept = {run.script: run.answers for run in ScriptRun.objects.all()}
    assert kept == {"covid_referral": {"asks": "vaccination", "who": "self"}, "was_it_you": {}}
    assert not ScriptRun.objects.exclude(note="").exists()
    assert not Call.objects.under_way().exists()


def test_the_log_has_every_step_and_no_answer(desk, as_role):
    desk.begin("after_divorce", "danger=no", "ruling=taken_away")
    with as_role("owner"):
        steps = Event.objects.filter(what="script.step").order_by("id")
        found = list(steps.values_list("step", "matter", "account_id", "actor"))
    assert [one[0] for one in found] == [
        "after_divorce 3 begun", "after_divorce 3 danger", "after_divorce 3 ruling"]  # fmt: skip
    assert {one[1:] for one in found} == {("after_divorce", None, "K-417")}


def test_a_case_that_the_caller_names_takes_the_note(desk):
    known = Case.objects.create(matter="wrong_data", opened_by=desk.user, opened_by_name="K-417")
    closed = Case.objects.create(
        matter="wrong_data", state="closed", opened_by=desk.user, opened_by_name="K-417"
    )
    shown = page(desk.begin("wrong_data", "what=personal", "reported=number"))
    shown = page(desk.step(step="case_number", typed=f"{closed.pk}"))
    assert "Add to the case" not in shown
    shown = page(desk.step(step="case_number", typed=f"{known.pk:,}".replace(",", " ")))
    assert "Add to the case" in shown
    answer = desk.client.post(f"{desk.sheet}case/{known.pk}/", {"note": ""})
    assert answer.headers["Location"] == f"/case/{known.pk}/"
    assert known.notes.get().text == "Called again about this case."
    assert Case.objects.filter(matter="wrong_data").count() == 2


def test_more_digits_than_a_case_number_has_are_not_kept(desk):
    desk.begin("wrong_data", "what=personal", "reported=number")
    refused = desk.step(step="case_number", typed="44051401458")
    assert refused.status_code == 400
    assert "44051401458" not in page(refused)
    assert "case_number" not in ScriptRun.objects.get().answers


def test_another_matter_and_back_to_the_first(desk):
    desk.begin("wrong_data", "what=insurance")
    desk.begin("was_it_you")
    shown = page(desk.begin("wrong_data"))
    assert "insurance, contributions" in shown
    assert ScriptRun.objects.filter(is_current=True).get().script == "wrong_data"


def test_nobody_steps_in_the_call_of_another(supervisor, desk, at_desk):  # noqa: F811
    desk.begin("wrong_data")
    other = at_desk(supervisor)
    answer = other.client.post(f"{desk.sheet}script/", {"step": "what", "answer": "insurance"})
    assert answer.headers["Location"] == "/"
    assert ScriptRun.objects.get().answers == {}


def test_the_worker_forgets_what_a_crash_left_and_what_nobody_needs(desk, as_role):
    desk.begin("wrong_data", "what=insurance")
    with as_role("worker"):
        assert jobs.forget_answers() == 0
    with as_role("owner"):
        Call.objects.update(ended_at=timezone.now())
    with as_role("worker"):
        assert jobs.forget_answers() == 1
    with as_role("owner"):
        run = ScriptRun.objects.get()
        assert (run.answers, run.is_current) == ({}, False)
        old = timezone.now() - datetime.timedelta(days=91)
        ScriptRun.objects.update(ended_at=old)
        case = Case.objects.create(matter="wrong_data", call_id=run.call_id, opened_by=desk.user)
    with as_role("worker"):
        assert jobs.forget_answers() == 0
    with as_role("owner"):
        Case.objects.filter(pk=case.pk).update(state="closed", closed_at=timezone.now())
    with as_role("worker"):
        assert jobs.forget_answers() == 1
        assert jobs.forget_answers() == 0


def test_a_preview_needs_no_call_and_keeps_nothing(consultant, supervisor, at_desk):  # noqa: F811
    for user in (consultant, supervisor):
        client = at_desk(user).client
        assert "Was it really you who called me?" in page(client.get("/scripts/"))
        address = "/scripts/child_account/"
        shown = page(client.post(address, {"step": "relation", "answer": "parent"}))
        assert 'value="relation=parent"' in shown
        sent = {"kept": ["relation=parent", "age=king", "x=y"], "step": "age", "answer": "adult"}
        shown = page(client.post(address, sent))
        assert "Tell the caller, word for word" in shown
        shown = page(
            client.post(address, {"kept": ["relation=parent", "age=adult"], "back": "age"})
        )
        assert 'value="age=adult"' not in shown
    assert not ScriptRun.objects.exists()
    assert client.get("/scripts/nothing/").status_code == 404


def test_a_case_can_be_explained_at_a_callback(consultant, at_desk):  # noqa: F811
    case = Case.objects.create(
        matter="child_account", opened_by=consultant, opened_by_name="K-417", language="en"
    )
    client = at_desk(consultant).client
    assert f"/case/{case.pk}/explain/" in page(client.get(f"/case/{case.pk}/"))
    kept = ["relation=parent", "age=under_16", "insurer=me", "registered=2026-01-07", "job=yes",
            "title=none"]  # fmt: skip
    sent = {"kept": kept, "step": "authority", "answer": "full"}
    assert "When you changed jobs" in page(client.post(f"/case/{case.pk}/explain/", sent))
    assert not ScriptRun.objects.exists()
