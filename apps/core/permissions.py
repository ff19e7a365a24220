"""The portal's permission vocabulary and what each of its roles may do."""

from django.db import models


class Permission(models.TextChoices):
    """What a page or an act asks for. The label completes the sentence «This role may …»."""

    HOME_VIEW = "home.view", "open the console"
    USERS_VIEW = "users.view", "see users"
    USERS_EDIT = "users.edit", "edit users"
    ROLES_VIEW = "roles.view", "see roles and what they may do"
    ROLES_EDIT = "roles.edit", "create roles, change what they may do and move people between them"
    ROLES_ADMIN = "roles.admin", "change admin roles and who is in them"
    DEPARTMENTS_EDIT = "departments.edit", "create, change and delete departments, and who is in them"
    DESIGNATIONS_EDIT = "designations.edit", "create, rename and delete designations, and who holds them"
    LISTS_DOWNLOAD = "lists.download", "download the lists they see as files"
    CHANNELS_VIEW = "channels.view", "see channels and who is in them"
    CHANNELS_EDIT = "channels.edit", "create, change, archive and delete channels, and who is in them"
    CHANNELS_APPROVE = "channels.approve", "approve and reject requested channels"
    ORGANIZATION_VIEW = "organization.view", "see the custom domain and the sender of mails"
    ORGANIZATION_EDIT = "organization.edit", "change the custom domain and the sender of mails"
    TEAMS_EDIT = "teams.edit", "create, change and delete teams, and who is in them"
    USERFIELDS_EDIT = "userfields.edit", "create, change and delete the organisation's own user fields"
    SYNC_RUN = "sync.run", "read the organisation again from Zoho"
    ONBOARDING_VIEW = "onboarding.view", "see onboardings and their files"
    ONBOARDING_RUN = "onboarding.run", "onboard people from a spreadsheet"
    JOBS_VIEW = "jobs.view", "see jobs"
    JOBS_MANAGE = "jobs.manage", "pause, resume and cancel jobs"
    LOG_VIEW = "log.view", "read the log"
    LOG_SETTLE = "log.settle", "settle changes whose outcome is unknown"
    CONNECTION_VIEW = "connection.view", "see the connection to Zoho"
    CONNECTION_MANAGE = "connection.manage", "connect the organisation"
    ADMINISTRATORS_VIEW = "administrators.view", "see the portal's administrators"
    ADMINISTRATORS_MANAGE = "administrators.manage", "admit administrators and set their roles"


class PortalRole(models.TextChoices):
    """The portal's own roles; they say nothing about a person's role in Zoho."""

    OWNER = "owner", "Owner"
    ADMINISTRATOR = "administrator", "Administrator"
    OPERATOR = "operator", "Operator"
    APPROVER = "approver", "Approver"
    AUDITOR = "auditor", "Auditor"


_READS = frozenset(
    {
        Permission.HOME_VIEW,
        Permission.USERS_VIEW,
        Permission.ROLES_VIEW,
        Permission.CHANNELS_VIEW,
        Permission.ORGANIZATION_VIEW,
        Permission.JOBS_VIEW,
        Permission.CONNECTION_VIEW,
    }
)
_OPERATOR = _READS | {
    Permission.USERS_EDIT,
    Permission.DEPARTMENTS_EDIT,
    Permission.DESIGNATIONS_EDIT,
    Permission.LISTS_DOWNLOAD,
    Permission.TEAMS_EDIT,
    Permission.SYNC_RUN,
    Permission.ONBOARDING_VIEW,
    Permission.ONBOARDING_RUN,
    Permission.JOBS_MANAGE,
}

ROLE_PERMISSIONS: dict[str, frozenset[Permission]] = {
    PortalRole.OWNER: frozenset(Permission),
    PortalRole.ADMINISTRATOR: _OPERATOR
    | {
        Permission.ROLES_EDIT,
        Permission.CHANNELS_EDIT,
        Permission.CHANNELS_APPROVE,
        Permission.ORGANIZATION_EDIT,
        Permission.USERFIELDS_EDIT,
        Permission.LOG_VIEW,
        Permission.LOG_SETTLE,
        Permission.ADMINISTRATORS_VIEW,
    },
    PortalRole.OPERATOR: _OPERATOR,
    PortalRole.APPROVER: _READS | {Permission.CHANNELS_APPROVE},
    PortalRole.AUDITOR: _READS
    | {
        Permission.ONBOARDING_VIEW,
        Permission.LISTS_DOWNLOAD,
        Permission.LOG_VIEW,
        Permission.ADMINISTRATORS_VIEW,
    },
}


def role_allows(role: str, permission: Permission) -> bool:
    """Whether a portal role carries a permission; an unknown role carries none."""
    return permission in ROLE_PERMISSIONS.get(role, frozenset())
