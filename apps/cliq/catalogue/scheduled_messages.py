"""Messages to be sent later."""

from apps.cliq.catalogue.endpoint import Endpoint

ENDPOINTS = (
    Endpoint(
        name="scheduled_messages.create",
        method="POST",
        path="/api/v2/chats/{chat_id}/scheduledmessages",
        scopes=("ZohoCliq.messages.CREATE",),
        quota=50,
        source="scheduledmessages.yml; v2-rest-api.txt:2567",
    ),
)
