"""Bots: who subscribed, and calls in a bot's name."""

from apps.cliq.catalogue.endpoint import Endpoint

ENDPOINTS = (
    Endpoint(
        name="bots.subscribers",
        method="GET",
        path="/api/v2/bots/{bot_unique_name}/subscribers",
        scopes=("ZohoCliq.Bots.READ",),
        quota=100,
        paging="next_token",
        source="bots.yml; v2-rest-api.txt:2583",
    ),
    Endpoint(
        name="bots.call",
        method="POST",
        path="/api/v2/bots/{bot_unique_name}/calls",
        scopes=("ZohoCliq.Webhooks.CREATE",),
        quota=10,
        period=300,
        lock=1800,
        source="bots.yml; v2-rest-api.txt:2605",
    ),
)
