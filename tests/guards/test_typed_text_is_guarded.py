"""Every text column of our models passes the doorway, or is named here as a fixed code."""

from django.apps import apps
from django.db import models

from zamiast.audit.fields import GuardedCharField, GuardedTextField

# Codes that the program writes itself; nobody types them.
CODES = {
    "audit.Event.actor_kind", "audit.Event.actor", "audit.Event.on_behalf_of", "audit.Event.what",
    "audit.Event.outcome", "audit.Event.fields", "audit.Event.matter", "audit.Event.step",
    "audit.Event.written_by", "audit.Look.actor_kind", "audit.Look.actor",
    "audit.Look.on_behalf_of", "audit.Look.what", "audit.Look.outcome", "audit.Look.fields",
    "audit.Look.matter", "audit.Look.written_by",
    "login.User.password", "login.User.kind", "login.User.role", "login.User.k_number",
    "login.User.language", "login.HolderSession.session_key", "login.HolderSession.session_data",
    "login.StaffSession.session_key", "login.StaffSession.session_data",
    # What a provider calls somebody; where that is a PESEL, a number of ours stands there.
    "portal.Identity.issuer", "portal.Identity.subject",
    "login.HolderSession.device", "login.StaffSession.device",
    "registry.Person.gender", "registry.Person.country", "registry.Person.language",
    "registry.Person.birth_partial",
    "registry.SourceRecord.system", "registry.SourceRecord.value",
    "registry.Account.closed_because", "registry.Identifier.state",
    "records.Practitioner.system", "records.Practitioner.value",
    "records.Organization.system", "records.Organization.value",
    "verification.Call.language", "verification.Call.last_two", "verification.Call.begun_by",
    "verification.Confirmation.session_digest", "verification.Confirmation.matter",
    "verification.Confirmation.fields", "verification.Confirmation.state",
    "verification.Alarm.kind", "verification.Confirmation.means",
    "verification.Line.direction", "verification.Line.last_two", "verification.Intent.matter",
    "verification.Intent.fields", "verification.Sheet.language", "verification.Act.act",
    "verification.Act.state",
    "portal.PushSubscription.sealed", "portal.PushSubscription.language",
    "records.Location.system", "records.Location.value",
    "records.Role.system", "records.Role.value", "records.Source.name",
    "records.Dispute.kind", "records.Dispute.ended_because",
    *(
        f"records.{entry}.{column}"
        for entry in ("Entry", "FormerEntry")
        for column in ("kind", "value", "status", "about", "access_key", "access_code")
    ),
    "helpline.Writer.sealed", "helpline.Writer.language",
    "portal.MailAddress.sealed", "portal.MailAddress.language",
    "helpline.Case.matter", "helpline.Case.state", "helpline.Case.opened_by_name",
    "helpline.Case.language", "helpline.Note.author_name", "helpline.Move.name", "helpline.Move.by",
    "scripts.ScriptVersion.digest", "scripts.ScriptVersion.script", "scripts.ScriptRun.script",
    "scripts.ScriptRun.language", "scripts.CallerNumber.kind", "scripts.CallerNumber.ending",
    "helpline.Document.kind", "helpline.Document.added_by_name", "helpline.CaseAccount.letter",
    "helpline.CaseAccount.how", "helpline.CaseAccount.named_by_name",
    "helpline.Case.queue", "helpline.Case.owner_name", "helpline.Case.waits_for",
    "helpline.Move.detail", "helpline.Callback.state", "helpline.Callback.number_kind",
    "helpline.Callback.ending", "helpline.Callback.promised_by_name",
    "helpline.Callback.taken_by_name", "helpline.Callback.settled_by_name",
    "helpline.Message.author_name", "helpline.Message.canned", "helpline.Draft.kind",
    "helpline.Link.kind", "helpline.Link.by_name", "helpline.Membership.queue",
    "helpline.Tally.matter",
    "guardianship.Change.kind", "guardianship.Change.role", "guardianship.Change.authority",
    "guardianship.Change.degree", "guardianship.ChangedRow.table", "guardianship.Notice.what",
    "guardianship.Notice.because", "guardianship.Insurance.payer",
    "guardianship.Insurance.payer_nip", "guardianship.Representation.role",
    "guardianship.Representation.authority", "guardianship.OwnTitle.title",
    "guardianship.Incapacitation.degree", "guardianship.Authorisation.scope",
    "guardianship.Circumstance.kind", "guardianship.Invitation.kind",
    "guardianship.Invitation.scope",
    *(
        f"guardianship.{row}.{column}"
        for row in (
            "Insurance", "Representation", "FosterCare", "AccessGrant", "OwnTitle",
            "Incapacitation", "Authorisation", "Freeze", "ProtectedAddress", "Circumstance",
        )
        for column in ("source", "entered_by", "ended_by", "ended_because")
    ),
}  # fmt: skip


def text_columns():
    for model in apps.get_models():
        if model.__module__.startswith("zamiast."):
            for field in model._meta.get_fields():
                if isinstance(field, models.CharField | models.TextField):
                    yield f"{model._meta.app_label}.{model.__name__}.{field.name}", field


def test_typed_text_is_guarded():
    unguarded = {
        name
        for name, field in text_columns()
        if not isinstance(field, GuardedCharField | GuardedTextField)
    }
    assert unguarded == CODES


def test_there_are_guarded_columns_at_all():
    names = [name for name, field in text_columns() if name not in CODES]
    assert "helpline.Note.text" in names
