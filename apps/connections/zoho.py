"""Where Zoho is for this installation: hosts from the data centre, or from the sandbox's overrides."""

from django.conf import settings

from apps.cliq.datacentres import DATA_CENTRES, DataCentre
from apps.cliq.oauth import Accounts


def data_centre() -> DataCentre:
    """The installation's one data centre."""
    return DATA_CENTRES[settings.ZOHO_DATA_CENTRE]


def accounts_url() -> str:
    """The host of sign-in and tokens."""
    return settings.ZOHO_ACCOUNTS_URL or data_centre().accounts


def cliq_url() -> str:
    """The host of the API."""
    return settings.CLIQ_BASE_URL or data_centre().cliq


def domain_target() -> str:
    """What the CNAME record of a custom domain has to point to; empty where only Zoho's panel tells."""
    return settings.CLIQ_DOMAIN_TARGET or data_centre().domain_target


def zoho_accounts() -> Accounts:
    """A client of Zoho Accounts with this installation's own id and secret."""
    return Accounts(accounts_url(), settings.ZOHO_CLIENT_ID, settings.ZOHO_CLIENT_SECRET)
