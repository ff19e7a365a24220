"""Reactions to a message."""

from apps.cliq.catalogue.endpoint import Endpoint

ENDPOINTS = (
    Endpoint(
        name="reactions.list",
        method="GET",
        path="/api/v2/chats/{chat_id}/messages/{message_id}/reactions",
        scopes=("ZohoCliq.messageactions.READ",),
        quota=20,
        source="messages.yml (50, 10 minutes); v2-rest-api.txt:2478 (20, 5 minutes)",
    ),
    Endpoint(
        name="reactions.add",
        method="POST",
        path="/api/v2/chats/{chat_id}/messages/{message_id}/reactions",
        scopes=("ZohoCliq.messageactions.CREATE",),
        quota=20,
        lock=300,
        source="messages.yml; v2-rest-api.txt:2547",
    ),
    Endpoint(
        name="reactions.delete",
        method="DELETE",
        path="/api/v2/chats/{chat_id}/messages/{message_id}/reactions",
        scopes=("ZohoCliq.messageactions.DELETE", "ZohoCliq.messageactions.CREATE"),
        quota=20,
        lock=300,
        source="messages.yml; v2-rest-api.txt:2557",
    ),
)
