"""Messages. v2-rest-api.txt:2425–2455, messages.yml."""

from apps.cliq.api.base import Api
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.replies import PostedMessage


class MessagesApi(Api):
    """`cliq.messages`."""

    def post_to_user(self, user_id: str, text: str) -> PostedMessage:
        """Write to one person as the holder of the grant; answers `{"message_id"}`, or nothing."""
        reply = self._call(
            CATALOGUE["messages.post_to_user"],
            path={"email_id": user_id},
            json={"text": text, "sync_message": True},
        )
        # Sent is sent, whatever the answer says beside that.
        return PostedMessage.read(reply.body if isinstance(reply.body, dict) else {})
