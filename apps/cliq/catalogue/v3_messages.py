"""Messages in version 3 of the API; the numbers differ from those of version 2."""

from apps.cliq.catalogue.endpoint import Endpoint

ENDPOINTS = (
    # At most 25 messages a call.
    Endpoint(
        name="v3_messages.delete_many",
        method="DELETE",
        path="/api/v3/chats/{chat_id}/messages",
        scopes=("ZohoCliq.Messages.DELETE",),
        quota=20,
        lock=300,
        source="v3-messages.txt:26",
    ),
    Endpoint(
        name="v3_messages.post_to_channel",
        method="POST",
        path="/api/v3/channelsbyname/{channel_unique_name}/message",
        scopes=("ZohoCliq.Webhooks.CREATE",),
        quota=50,
        source="v3-messages.txt:183",
    ),
    Endpoint(
        name="v3_messages.post_to_chat",
        method="POST",
        path="/api/v3/chats/{chat_id}/message",
        scopes=("ZohoCliq.Webhooks.CREATE",),
        quota=20,
        source="v3-messages.txt:347",
    ),
    # At most 25 messages, 100 chats and 100 users a call.
    Endpoint(
        name="v3_messages.forward",
        method="POST",
        path="/api/v3/messages",
        scopes=("ZohoCliq.Messages.CREATE",),
        quota=50,
        source="v3-messages.txt:510",
    ),
    Endpoint(
        name="v3_messages.search",
        method="GET",
        path="/api/v3/messages/search",
        scopes=("ZohoCliq.Chats.READ", "ZohoCliq.Messages.READ"),
        quota=50,
        paging="next_token",
        source="v3-messages.txt:680",
    ),
)
