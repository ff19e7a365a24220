"""A portal with one of everything, for tests that look at all pages."""

from dataclasses import dataclass

import pytest
from allauth.usersessions.models import UserSession

from apps.access.models import Role
from apps.access.services import roles as access
from apps.access.services import syncing as roles
from apps.accounts.models import Administrator, SavedFilter
from apps.audit import operation
from apps.audit.events import Subject
from apps.audit.models import Event, Operation, Stage
from apps.audit.operation import Change, Outcome
from apps.channels.models import Channel
from apps.channels.services import reading
from apps.channels.services import syncing as channels
from apps.connections.clients import client
from apps.core.errors import OutcomeUnknown
from apps.core.permissions import PortalRole
from apps.directory.models import Department, Designation, Team, UserField
from apps.directory.services import syncing
from apps.jobs import services as jobs
from apps.jobs.models import Job
from apps.organization.services import domain, mail
from apps.sandbox import cast
from tests.cast import administrator
from tests.jobs.conftest import planned
from tests.onboarding.conftest import checked, csv_of, people
from tests.working import carry_through


@dataclass
class World:
    """What addresses name: ids of one thing of each kind, and one administrator of each role."""

    names: dict[str, object]
    people: dict[str, Administrator]


@pytest.fixture
def world(grant, owner, sandbox, name_server, settings, tmp_path) -> World:
    """Read, with a plan waiting, a job queued, a change whose outcome is unknown, a session.

    Domain and sender are verified, whatever the name server knows of them.
    """
    storages = {**settings.STORAGES}
    storages["default"] = {**storages["default"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = storages
    carry_through(syncing.start(owner.actor()), patience=30)
    carry_through(roles.start(owner.actor()), patience=30)
    carry_through(channels.start(owner.actor()), patience=30)
    sandbox.option("dns_verified", True)
    domain.add(name="chat.zylker.org", actor=owner.actor())
    domain.verify(actor=owner.actor())
    mail.verify(actor=owner.actor())
    marketing = Channel.objects.get(name="Marketing")
    reading.members(marketing, client(interactive=False))
    onboarding = checked(csv_of(people(3)), owner)
    job = jobs.create("directory.user_update", title="Change Amelia", actor=owner.actor())
    by_role = {"owner": owner} | {
        role.value: administrator(
            role, zuid=f"7100000{n}", name=f"{role.label} Person", email=f"r{n}@zylker.com"
        )
        for n, role in enumerate(PortalRole)
        if role != PortalRole.OWNER
    }
    someone = administrator(PortalRole.AUDITOR, zuid="72000001", name="Some One", email="someone@zylker.com")
    removed = administrator(PortalRole.OPERATOR, zuid="72000002", name="Left Us", email="left@zylker.com")
    Administrator.objects.filter(pk=removed.pk).update(is_active=False)
    deputies = access.create(name="Deputies", profile_type="Cliq Admin", actor=owner.actor()).role
    names: dict[str, object] = {
        "user": cast.MEMBER.zuid,
        "department": Department.objects.get(name="Sales").cliq_id,
        "designation": Designation.objects.get(name="Content Writer").cliq_id,
        "team": Team.objects.get(name="Zylcal").cliq_id,
        "userfield": UserField.objects.get(unique_name="employmenttype").cliq_id,
        "role": Role.objects.get(name="Interns").cliq_id,
        "channel": marketing.cliq_id,
        "archived": Channel.objects.get(name="migration").cliq_id,
        "member": marketing.creator_id,
        "job": job.pk,
        "onboarding": onboarding.pk,
        "plan": a_plan(owner).pk,
        "administrator": someone.pk,
        "owner": owner.pk,
        "removed": removed.pk,
        "admin_role": deputies.cliq_id,
        "role_plan": planned("users-role", "all=1", {"role": deputies.cliq_id}, owner.actor()).pk,
        "operation": lost_change(owner).pk,
        "event": Event.objects.latest("seq").seq,
        "filter": SavedFilter.objects.create(
            administrator=owner, view="directory:users", name="Active", query="status=active"
        ).pk,
        "session": UserSession.objects.create(
            user=someone, ip="127.0.0.1", session_key="gone", user_agent=""
        ).pk,
    }
    return World(names, by_role)


def a_plan(owner: Administrator) -> Job:
    """Everybody into one department, waiting to be confirmed; the guard asks for the number."""
    place = Department.objects.get(name="Marketing").cliq_id
    return planned("users-department", "all=1", {"place": place}, owner.actor())


def lost_change(owner: Administrator) -> Operation:
    """A change that was sent, as far as the log knows, and never answered."""

    def lost() -> list[Outcome]:
        raise OutcomeUnknown("Zoho did not answer in time.")

    change = Change(
        kind="user.updated",
        subject=Subject("user", cast.MEMBER.zuid, cast.MEMBER.name),
        endpoint="users.update",
        key=cast.MEMBER.zuid,
        before={"extension": "3131"},
        after={"extension": "4000"},
    )
    with pytest.raises(OutcomeUnknown):
        operation.run([change], actor=owner.actor(), send=lost)
    return Operation.objects.get(stage=Stage.UNKNOWN)
