"""Every page that offers to send a change later, each with what it sends and what is told of it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from apps.access import selectors as roles
from apps.access.models import Role
from apps.channels.models import Channel
from apps.channels.services import reading as channels
from apps.connections.clients import client as zoho
from apps.directory import selectors as directory
from apps.directory.models import Department, Designation, Team, UserField
from apps.directory.services.designations import DESIGNATIONS
from apps.directory.services.teams import TEAMS
from apps.organization.services import domain
from apps.organization.services.parts import DOMAIN, MAIL
from apps.sandbox import cast
from apps.sandbox.control import Control
from apps.sandbox.seed_channels import BOTS

Data = dict[str, Any]
DOMAIN_NAME = "chat.zylker.org"
REASON = {"reason": "Because", "audit_reason": "Because"}


@dataclass(frozen=True)
class Page:
    """A page that changes something: where it is, what is sent from it, what its job says.

    `endpoint` is the call that makes the change, `entries` how many things it changes. `shows` is whether
    reading shows it.
    """

    url: Callable[[], str]
    endpoint: str
    title: str
    told: str
    changes: Data = field(default_factory=dict)
    data: Callable[[Client, str, Data], Data] = lambda client, url, changes: submitted(client, url, **changes)
    before: Callable[[Any, Control], object] = lambda owner, sandbox: None
    entries: int = 1
    shows: bool = True


def submitted(client: Client, url: str, **changes: Any) -> Data:
    """What a browser sends back of a form."""
    form = client.get(url).context["form"]
    data: Data = {}
    for bound in form:
        value = bound.field.prepare_value(bound.initial)
        text = value if isinstance(value, list) else "" if value is None else str(value)
        if text:
            data[bound.html_name] = data[bound.html_initial_name] = text
    return data | REASON | {name: each() if callable(each) else each for name, each in changes.items()}


def saved(client: Client, url: str, changes: Data) -> Data:
    """What the review of a matrix sends: these cells switched."""
    shown = json.loads(client.get(url).context["shown"])
    key = next(key for key in shown if key.endswith(changes["cell"]))
    other = "disabled" if shown[key] == "enabled" else "enabled"
    return {"step": "save", "wanted": json.dumps({key: other}), "shown": json.dumps({key: shown[key]})}


def role() -> Role:
    return Role.objects.get(name="Interns")


def channel(name: str = "Marketing") -> Channel:
    return Channel.objects.get(name=name)


def designation() -> Designation:
    return Designation.objects.get(name="Content Writer")


def team() -> Team:
    return Team.objects.get(name="Zylker Marketing")


def outsiders() -> list[str]:
    """Two who are neither in the channel nor in the role."""
    inside = channel().members.values("user_id")
    active = directory.users().filter(status="active").exclude(cliq_id__in=inside)
    return list(
        active.exclude(cliq_id=cast.SECOND_ADMIN.zuid).order_by("pk").values_list("cliq_id", flat=True)[:2]
    )


def members(of: Any) -> list[str]:
    """Two of its simple members."""
    found = of.members.filter(**({"role": "member"} if isinstance(of, Channel) else {}))
    return list(found.order_by("pk").values_list("user_id", flat=True)[:2])


def read_channel(owner: Any, sandbox: Control) -> None:
    channels.members(channel(), zoho(interactive=True))


def read_team(owner: Any, sandbox: Control) -> None:
    TEAMS.read_members(team(), zoho(interactive=True))


def archived(owner: Any, sandbox: Control) -> None:
    sandbox.alter("channels", channel().cliq_id, status="archived")
    Channel.objects.filter(name="Marketing").update(status="archived")


def has_domain(owner: Any, sandbox: Control) -> None:
    domain.add(name=DOMAIN_NAME, actor=owner.actor())
    sandbox.option("dns_verified", True)


def active_domain(owner: Any, sandbox: Control) -> None:
    has_domain(owner, sandbox)
    domain.verify(actor=owner.actor())


def known_domain(owner: Any, sandbox: Control) -> None:
    DOMAIN.refresh()


def known_mail(owner: Any, sandbox: Control) -> None:
    MAIL.refresh()


def role_url(page: str) -> Callable[[], str]:
    return lambda: f"/roles/{role().cliq_id}/{page}/"


def moving_url(page: str, chosen: Callable[[], list[str]]) -> Callable[[], str]:
    return lambda: f"{role_url(f'people/{page}')()}?{'&'.join(f'user={each}' for each in chosen())}"


def in_role() -> list[str]:
    return list(roles.people_of(role()).values_list("cliq_id", flat=True)[:1])


def channel_url(page: str) -> Callable[[], str]:
    return lambda: f"/channels/{channel().cliq_id}/{page}/"


def placing_url(many: str, row: Callable[[], Any], page: str) -> Callable[[], str]:
    return lambda: f"/{many}/{row().cliq_id}/{page}/"


def member_url() -> str:
    return f"{channel_url('members')()}{members(channel())[0]}/role/"


def own_field() -> UserField:
    return UserField.objects.filter(system_defined=False, gone_at=None).order_by("pk")[0]


def deciding_url(page: str) -> Callable[[], str]:
    return lambda: f"/channels/requests/{page}/?channel={channel('Chess').cliq_id}"


def pick(people: Callable[[], list[str]]) -> Data:
    return {"user_ids": people, "q": ""}


WROTE, DELETED = "{} was changed.", "{} was deleted."
ROLE, HERE = "Interns", "#Marketing"
PAGES = {
    "role made": Page(
        lambda: "/roles/create/", "roles.create", "Create Guests", "Guests was created.", {"name": "Guests"}
    ),
    "role": Page(
        role_url("edit"), "roles.update", f"Change {ROLE}", WROTE.format(ROLE), {"name": "Trainees"}
    ),
    "role's permissions": Page(
        role_url("permissions"),
        "roles.update_permissions",
        f"Change the permissions of {ROLE}",
        f"The permissions of {ROLE} were changed.",
        {"cell": "bots/create"},
        saved,
    ),
    "role deleted": Page(
        role_url("delete"), "roles.delete", f"Delete {ROLE}", DELETED.format(ROLE), {"typed": ROLE}
    ),
    "people into a role": Page(
        moving_url("move", lambda: outsiders()),
        "roles.add_users",
        f"Move people to {ROLE}",
        f"They were moved to {ROLE}.",
        before=read_channel,
        entries=2,
    ),
    "people out of a role": Page(
        moving_url("remove", in_role),
        "roles.remove_users",
        f"Take people out of {ROLE}",
        f"They were taken out of {ROLE}.",
    ),
    "channel made": Page(
        lambda: "/channels/create/",
        "channels.create",
        "Create #kitchen",
        "#kitchen was created.",
        {"name": "kitchen"},
    ),
    "channel": Page(
        channel_url("edit"), "channels.update", f"Change {HERE}", WROTE.format(HERE), {"name": "Brand"}
    ),
    "channel's permissions": Page(
        channel_url("permissions"),
        "channels.update_permissions",
        f"Change the permissions in {HERE}",
        f"The permissions in {HERE} were changed.",
        {"cell": ""},
        saved,
    ),
    "channel archived": Page(
        channel_url("archive"), "channels.archive", f"Archive {HERE}", f"{HERE} was archived."
    ),
    "channel opened": Page(
        channel_url("unarchive"),
        "channels.unarchive",
        f"Open {HERE} again",
        f"{HERE} was opened again.",
        before=archived,
    ),
    "channel deleted": Page(
        channel_url("delete"),
        "channels.delete",
        f"Delete {HERE}",
        DELETED.format(HERE),
        {"typed": "Marketing"},
    ),
    "channel approved": Page(
        deciding_url("approve"), "channels.approve", "Approve #Chess", "#Chess was approved."
    ),
    "channel rejected": Page(
        deciding_url("reject"), "channels.reject", "Reject #Chess", "#Chess was rejected."
    ),
    "into a channel": Page(
        channel_url("members/add"),
        "channels.add_members",
        f"Add members to {HERE}",
        f"They were added to {HERE}.",
        pick(outsiders),
        before=read_channel,
        entries=2,
    ),
    "into a channel by address": Page(
        channel_url("members/invite"),
        "channels.add_members",
        f"Add people to {HERE} by address",
        f"They were added to {HERE}.",
        {"people": lambda: directory.user_by_id(outsiders()[0]).email},
        before=read_channel,
    ),
    "out of a channel": Page(
        channel_url("members/remove"),
        "channels.remove_members",
        f"Remove members from {HERE}",
        f"They were removed from {HERE}.",
        pick(lambda: members(channel())),
        before=read_channel,
        entries=2,
    ),
    "role in a channel": Page(
        member_url,
        "channels.update_member_role",
        f"Change a role in {HERE}",
        f"Their role in {HERE} was changed.",
        {"role": "moderator"},
        before=read_channel,
    ),
    "bot": Page(
        channel_url("bot"),
        "channels.add_bot",
        f"Add a bot to {HERE}",
        f"The bot was added to {HERE}.",
        {"bot": BOTS[0]},
        shows=False,
    ),
    "threads": Page(
        channel_url("threads"),
        "threads.auto_follow",
        f"Change the threads of {HERE}",
        f"How the threads of {HERE} are followed was changed.",
        {"follow": "on"},
        shows=False,
    ),
    "user": Page(
        lambda: f"/users/{cast.MEMBER.zuid}/edit/",
        "users.update",
        f"Change {cast.MEMBER.name}",
        WROTE.format(cast.MEMBER.name),
        {"work_location": "Room 4"},
    ),
    "department made": Page(
        lambda: "/departments/new/",
        "departments.create",
        "Create Research",
        "Research was created.",
        {
            "name": "Research",
            "lead_zuid": cast.MEMBER.email,
            "parent_department_id": lambda: Department.objects.get(is_default=True).cliq_id,
        },
    ),
    "designation": Page(
        placing_url("designations", designation, "edit"),
        "designations.update",
        "Change Content Writer",
        WROTE.format("Content Writer"),
        {"name": "Author"},
    ),
    "designation deleted": Page(
        placing_url("designations", designation, "delete"),
        "designations.delete",
        "Delete Content Writer",
        DELETED.format("Content Writer"),
        {"typed": "Content Writer"},
    ),
    "into a designation": Page(
        placing_url("designations", designation, "members/add"),
        "designations.add_members",
        "Add members to Content Writer",
        "They were added to Content Writer.",
        pick(lambda: [DESIGNATIONS.others(designation()).order_by("pk")[0].cliq_id]),
    ),
    "out of a team": Page(
        placing_url("teams", team, "members/remove"),
        "teams.remove_member",
        "Remove members from Zylker Marketing",
        "They were removed from Zylker Marketing.",
        pick(lambda: members(team())),
        before=read_team,
        entries=2,
    ),
    "user field made": Page(
        lambda: "/user-fields/new/",
        "userfields.create",
        "Create Badge",
        "Badge was created.",
        {"name": "Badge", "type": "text_field"},
    ),
    "user field": Page(
        lambda: f"/user-fields/{own_field().cliq_id}/edit/",
        "userfields.update",
        "Change Work Shift",
        WROTE.format("Work Shift"),
        {"name": "Size"},
    ),
    "user field deleted": Page(
        lambda: f"/user-fields/{own_field().cliq_id}/delete/",
        "userfields.delete",
        "Delete Work Shift",
        DELETED.format("Work Shift"),
        {"typed": "Work Shift"},
    ),
    "domain added": Page(
        lambda: "/domain/add/",
        "custom_domain.add",
        f"Add {DOMAIN_NAME}",
        f"{DOMAIN_NAME} was added. Create its DNS record next.",
        {"name": DOMAIN_NAME},
        before=known_domain,
    ),
    "domain verified": Page(
        lambda: "/domain/verify/",
        "custom_domain.verify",
        f"Verify and activate {DOMAIN_NAME}",
        f"Zoho was asked to activate {DOMAIN_NAME}. Zoho answered that the domain is active.",
        before=has_domain,
    ),
    "domain deactivated": Page(
        lambda: "/domain/deactivate/",
        "custom_domain.verify",
        f"Deactivate {DOMAIN_NAME}",
        f"Zoho was asked to deactivate {DOMAIN_NAME}. Zoho answered that the domain is still not active.",
        before=active_domain,
    ),
    "domain deleted": Page(
        lambda: "/domain/delete/",
        "custom_domain.delete",
        f"Delete {DOMAIN_NAME}",
        DELETED.format(DOMAIN_NAME),
        {"typed": DOMAIN_NAME},
        before=has_domain,
    ),
    "mail": Page(
        lambda: "/mail/edit/",
        "mail.update",
        "Change the mail configuration",
        "The mail configuration was changed.",
        {"name": "Zylker"},
        before=known_mail,
    ),
}
