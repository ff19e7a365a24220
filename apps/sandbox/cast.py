"""The fixed people of every seed, and the two organisations they belong to."""

from dataclasses import dataclass

CLIENT_ID = "1000.SANDBOX"
CLIENT_SECRET = "sandbox-secret"  # noqa: S105 - the stand-in's own, worth nothing elsewhere
CLIENT_NAME = "Cliq Admin Portal"

DOMAIN = "zylker.com"
ORGANIZATION_ID = "631836344"
ORGANIZATION_NAME = "Zylker Corp"
ZOID = "54107592"

NETWORK_NAME = "zylkerpartners"
NETWORK_ID = "631999001"
"""A network, which here holds the same people as the organisation itself."""

OTHER_ORGANIZATION_ID = "724556012"
OTHER_ZOID = "72455601"

BLOCKED_EMAIL = "declined.thrice@zylker.com"
"""An address whose owner declined too many invitations."""


@dataclass(frozen=True)
class CastMember:
    """Somebody who is in every seed."""

    zuid: str
    email: str
    first_name: str
    last_name: str
    role: str
    about: str
    organization_id: str = ORGANIZATION_ID

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"


ADMIN = CastMember(
    "631830846", "olivia.palmer@zylker.com", "Olivia", "Palmer", "Admin", "Organisation admin of Zylker Corp"
)
SECOND_ADMIN = CastMember(
    "631830849", "scott.fisher@zylker.com", "Scott", "Fisher", "Admin", "Second admin of Zylker Corp"
)
MEMBER = CastMember(
    "631830902",
    "amelia.b@zylker.com",
    "Amelia",
    "Burrows",
    "Members",
    "Member of Zylker Corp, no admin",
)
STRANGER = CastMember(
    "724556040",
    "kiran.rao@zillum.com",
    "Kiran",
    "Rao",
    "Admin",
    "Admin of Zillum, another organisation",
    OTHER_ORGANIZATION_ID,
)
CAST = (ADMIN, SECOND_ADMIN, MEMBER, STRANGER)
