"""Calls and meetings: their history and who took part."""

from apps.cliq.catalogue.endpoint import Endpoint

ENDPOINTS = (
    Endpoint(
        name="calls.list",
        method="GET",
        path="/api/v2/mediasessions",
        scopes=("ZohoCliq.MediaSession.READ",),
        quota=50,
        paging="next_token",
        source="callsmeetings.yml; v2-rest-api.txt:2857",
    ),
    Endpoint(
        name="calls.participants",
        method="GET",
        path="/api/v2/mediasessions/{call_id}/participants",
        scopes=("ZohoCliq.MediaSession.READ",),
        quota=20,
        paging="next_token",
        source="callsmeetings.yml; v2-rest-api.txt:2924",
    ),
)
