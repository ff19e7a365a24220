"""Files: fetch one, share up to ten at a time."""

from apps.cliq.catalogue.endpoint import Endpoint

ENDPOINTS = (
    Endpoint(
        name="files.get",
        method="GET",
        path="/api/v2/files/{file_id}",
        scopes=("ZohoCliq.Attachments.READ",),
        quota=20,
        source="files.yml (20); v2-rest-api.txt:2669 (50)",
    ),
    Endpoint(
        name="files.share_to_channel_by_name",
        method="POST",
        path="/api/v2/channelsbyname/{channel_unique_name}/files",
        scopes=("ZohoCliq.Webhooks.CREATE",),
        quota=20,
        source="files.yml; v2-rest-api.txt:2683",
    ),
    Endpoint(
        name="files.share_to_channel",
        method="POST",
        path="/api/v2/channels/{channel_id}/files",
        scopes=("ZohoCliq.Webhooks.CREATE",),
        quota=20,
        source="v2-rest-api.txt:2715",
    ),
    Endpoint(
        name="files.share_to_bot",
        method="POST",
        path="/api/v2/bots/{bot_unique_name}/files",
        scopes=("ZohoCliq.Webhooks.CREATE",),
        quota=20,
        source="files.yml; v2-rest-api.txt:2746",
    ),
    Endpoint(
        name="files.share_to_chat",
        method="POST",
        path="/api/v2/chats/{chat_id}/files",
        scopes=("ZohoCliq.Webhooks.CREATE",),
        quota=20,
        source="files.yml; v2-rest-api.txt:2779",
    ),
    Endpoint(
        name="files.share_to_user",
        method="POST",
        path="/api/v2/buddies/{email_id}/files",
        scopes=("ZohoCliq.Webhooks.CREATE",),
        quota=20,
        source="files.yml; v2-rest-api.txt:2809",
    ),
)
