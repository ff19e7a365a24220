"""What of domain and mail can be sent when the quota is free: registered with `jobs.later`."""

from apps.core.permissions import Permission
from apps.jobs.later import About, Write, register_write
from apps.organization.services import domain, mail

EDIT = Permission.ORGANIZATION_EDIT


def _of_domain(_: str, *, name: str, **__: object) -> About:
    """There is one at most, so nothing else of the domain may wait beside it."""
    return About("domain", name)


def _of_mail(*_: object, **__: object) -> About:
    return About("mail", "the mail configuration")


MAIL_UPDATE = Write(
    "organization.mail_update",
    "mail configuration",
    EDIT,
    mail.update,
    done="The mail configuration was changed.",
    about=_of_mail,
)
MAIL_VERIFY = Write(
    "organization.mail_verify",
    "mail configuration",
    EDIT,
    mail.verify,
    title="Have {name} verified",
    done="Zoho was asked to verify the sender.",
    about=_of_mail,
)
DOMAIN_ADD = Write(
    "organization.domain_add",
    "custom domain",
    EDIT,
    domain.add,
    title="Add {name}",
    done="{name} was added. Create its DNS record next.",
    about=_of_domain,
)
DOMAIN_VERIFY = Write(
    "organization.domain_verify",
    "custom domain",
    EDIT,
    domain.verify,
    title="Verify and activate {name}",
    done="Zoho was asked to activate {name}.",
    about=_of_domain,
)
DOMAIN_DEACTIVATE = Write(
    "organization.domain_deactivate",
    "custom domain",
    EDIT,
    domain.deactivate,
    title="Deactivate {name}",
    done="Zoho was asked to deactivate {name}.",
    about=_of_domain,
    confirmed=True,
)
DOMAIN_DELETE = Write(
    "organization.domain_delete",
    "custom domain",
    EDIT,
    domain.delete,
    title="Delete {name}",
    done="{name} was deleted.",
    about=_of_domain,
    confirmed=True,
)


def register() -> None:
    """From the app's ready()."""
    register_write(MAIL_UPDATE, MAIL_VERIFY, DOMAIN_ADD, DOMAIN_VERIFY, DOMAIN_DEACTIVATE, DOMAIN_DELETE)
