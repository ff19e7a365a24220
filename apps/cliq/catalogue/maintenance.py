"""Exports of all conversations, for the organisation admin alone.

No source has a number: 10 calls a minute and a lock of 10 minutes are the portal's own caution.
"""

from apps.cliq.catalogue.endpoint import Endpoint

ENDPOINTS = (
    Endpoint(
        name="maintenance.chats",
        method="GET",
        path="/maintenanceapi/v2/chats",
        scopes=("ZohoCliq.OrganizationChats.READ",),
        quota=10,
        paging="next_token",
        content_type="text/csv",
        source="bulkexport.yml; v2-rest-api.txt:203",
    ),
    Endpoint(
        name="maintenance.channels",
        method="GET",
        path="/maintenanceapi/v2/channels",
        scopes=("ZohoCliq.OrganizationChannels.READ", "ZohoCliq.OrganizationChats.READ"),
        quota=10,
        paging="next_token",
        content_type="text/csv",
        source="bulkexport.yml; v2-rest-api.txt:215",
    ),
    Endpoint(
        name="maintenance.members",
        method="GET",
        path="/maintenanceapi/v2/chats/{chat_id}/members",
        scopes=("ZohoCliq.OrganizationChats.READ",),
        quota=10,
        paging="next_token",
        content_type="text/csv",
        source="bulkexport.yml; v2-rest-api.txt:227",
    ),
    Endpoint(
        name="maintenance.messages",
        method="GET",
        path="/maintenanceapi/v2/chats/{chat_id}/messages",
        scopes=("ZohoCliq.OrganizationMessages.READ", "ZohoCliq.OrganizationChats.READ"),
        quota=10,
        paging="next_token",
        source="bulkexport.yml; v2-rest-api.txt:239",
    ),
)
