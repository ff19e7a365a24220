"""Forms may lead to Zoho's sign-in page, and nowhere else."""

import pytest

from portal import settings as portal


@pytest.mark.parametrize(
    ("centre", "override", "hosts"),
    [
        ("eu", "", ["https://accounts.zoho.eu"]),
        ("ca", "", ["https://accounts.zohocloud.ca"]),
        ("us", "http://127.0.0.1:8021", ["http://127.0.0.1:8021"]),
        ("nowhere", "", []),
    ],
)
def test_the_accounts_host_is_allowed(monkeypatch, centre, override, hosts):
    """A browser that follows a form's redirect asks the policy again at each step."""
    monkeypatch.setattr(portal, "ZOHO_DATA_CENTRE", centre)
    monkeypatch.setattr(portal, "ZOHO_ACCOUNTS_URL", override)
    assert portal.accounts_hosts() == hosts
