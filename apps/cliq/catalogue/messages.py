"""Messages of a chat: read, post, edit, delete."""

from apps.cliq.catalogue.endpoint import Endpoint

ENDPOINTS = (
    Endpoint(
        name="messages.list",
        method="GET",
        path="/api/v2/chats/{chat_id}/messages",
        scopes=("ZohoCliq.Messages.READ",),
        quota=15,
        lock=300,
        source="messages.yml; v2-rest-api.txt:2194",
    ),
    # The OpenAPI file doubles `/messages` at the end of this path: a misprint.
    Endpoint(
        name="messages.get",
        method="GET",
        path="/api/v2/chats/{chat_id}/messages/{message_id}",
        scopes=("ZohoCliq.Messages.READ",),
        quota=30,
        lock=300,
        source="messages.yml; v2-rest-api.txt:2271",
    ),
    Endpoint(
        name="messages.post_to_channel_by_name",
        method="POST",
        path="/api/v2/channelsbyname/{channel_unique_name}/message",
        scopes=("ZohoCliq.Webhooks.CREATE",),
        quota=50,
        source="messages.yml; v2-rest-api.txt:2290",
    ),
    Endpoint(
        name="messages.post_to_channel",
        method="POST",
        path="/api/v2/channels/{channel_id}/message",
        scopes=("ZohoCliq.Webhooks.CREATE",),
        quota=50,
        lock=300,
        source="v2-rest-api.txt:2317",
    ),
    Endpoint(
        name="messages.post_to_bot",
        method="POST",
        path="/api/v2/bots/{bot_unique_name}/message",
        scopes=("ZohoCliq.Webhooks.CREATE",),
        quota=50,
        source="messages.yml; v2-rest-api.txt:2333",
    ),
    Endpoint(
        name="messages.post_to_chat",
        method="POST",
        path="/api/v2/chats/{chat_id}/message",
        scopes=("ZohoCliq.Webhooks.CREATE",),
        quota=50,
        source="messages.yml; v2-rest-api.txt:2397",
    ),
    # The last part but one of the path may be a ZUID as well as an address.
    Endpoint(
        name="messages.post_to_user",
        method="POST",
        path="/api/v2/buddies/{email_id}/message",
        scopes=("ZohoCliq.Webhooks.CREATE",),
        quota=50,
        source="messages.yml; v2-rest-api.txt:2425",
    ),
    Endpoint(
        name="messages.edit",
        method="PUT",
        path="/api/v2/chats/{chat_id}/messages/{message_id}",
        scopes=("ZohoCliq.Messages.UPDATE", "ZohoCliq.Webhooks.UPDATE"),
        quota=50,
        source="messages.yml; v2-rest-api.txt:2460",
    ),
    Endpoint(
        name="messages.delete",
        method="DELETE",
        path="/api/v2/chats/{chat_id}/messages/{message_id}",
        scopes=("ZohoCliq.Messages.DELETE", "ZohoCliq.Webhooks.DELETE"),
        quota=20,
        lock=300,
        source="messages.yml; v2-rest-api.txt:2471",
    ),
)
