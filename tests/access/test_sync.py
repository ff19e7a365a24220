"""Reading the roles: the list, who is in each, what each may do."""

import json

from apps.access.models import Role, RoleMember
from apps.access.services import syncing
from apps.audit.models import Event
from apps.core.actor import SYSTEM
from apps.jobs.models import JobStatus
from apps.sandbox import cast
from tests.access.conftest import PATIENCE, last


def test_it_reads_everything(read, sandbox):
    """Two calls a role and one for the list; everybody has one role."""
    assert read.status == JobStatus.FINISHED, read.activity
    roles = {role.name: role for role in Role.objects.all()}
    assert {"Admin", "Members", "Cliq Admin", "Interns"} <= set(roles)
    assert len(roles["Admin"].permissions) == 143
    assert sum(role.members_count for role in roles.values()) == RoleMember.objects.count() == 40
    assert RoleMember.objects.get(user_id=cast.ADMIN.zuid).role == roles["Admin"]
    calls = [len(sandbox.arrivals(name)) for name in ("roles.permissions", "roles.users")]
    assert calls[0] == len(roles)
    assert calls[1] >= len(roles)


def test_it_reads_both_forms_of_permissions(organization, work, sandbox):
    """An object, as documented, is read like the list of one that real replies are."""
    sandbox.option("permissions_shape", "object")
    work(syncing.start(SYSTEM), patience=PATIENCE)
    assert {len(role.permissions) for role in Role.objects.all()} == {143}


def test_it_keeps_modules_nobody_has_heard_of(organization, work, sandbox):
    """Whatever Zoho sends is kept."""
    sandbox.fault(
        "roles.permissions",
        times=1,
        status=200,
        body=json.dumps({"hologram_calls": {"is_admin_module": False, "status": "limited"}}),
        content_type="application/json",
    )
    work(syncing.start(SYSTEM), patience=PATIENCE)
    kept = [role.permissions for role in Role.objects.all() if "hologram_calls" in role.permissions]
    assert kept == [{"hologram_calls": {"admin": False, "status": "limited", "actions": {}, "configs": []}}]


def test_it_tells_what_changed_in_zoho(interns, sandbox, work):
    """Permissions and people changed elsewhere are noticed; a role that is gone is marked."""
    Role.objects.filter(pk=interns.pk).update(description="Older", members_count=0)
    known = interns.permissions
    known["bots"]["actions"]["create"] = "something"
    Role.objects.filter(pk=interns.pk).update(permissions=known)
    gone = Role.objects.create(
        organization=interns.organization,
        cliq_id="9",
        name="Gone",
        profile_type="Members",
        read_at=interns.read_at,
    )
    work(syncing.start(SYSTEM), patience=PATIENCE)
    gone.refresh_from_db()
    assert gone.gone_at is not None
    interns.refresh_from_db()
    assert interns.members_count == interns.members.count() > 0
    assert last("role.seen")["before"] == {"bots/create": "something"}
    assert Event.objects.filter(kind="role.seen", subject_id=interns.cliq_id).count() == 2


def test_starting_twice_is_one_job(organization, work):
    assert syncing.start(SYSTEM) == syncing.start(SYSTEM)
