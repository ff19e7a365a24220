"""The grant that the shared fixtures connect is a real one."""

from apps.connections.models import GrantStatus
from apps.sandbox import cast


def test_it_connects_the_organisation(grant, sandbox):
    """Name, holder and tokens come from the sandbox, and every write there is in the log: none."""
    assert grant.status == GrantStatus.ACTIVE
    assert grant.organization.name == cast.ORGANIZATION_NAME
    assert grant.organization.zoho_id == cast.ORGANIZATION_ID
    assert grant.holder_email == cast.ADMIN.email
    assert grant.refresh_token in sandbox.tokens()
    assert sandbox.journal() == []
