"""The sender of Cliq's notifications. v2-rest-api.txt:4212–4260, customemail.yml."""

from apps.cliq.api.base import Api
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.replies_organization import MailConfiguration


class MailApi(Api):
    """`cliq.mail`; no error codes are documented."""

    def get(self) -> MailConfiguration:
        """The configuration; answers `{"data": {…}}`."""
        return self._call(CATALOGUE["mail.get"]).object(MailConfiguration)

    def update(self, *, name: str, email_id: str, cname_status: str) -> MailConfiguration:
        """Change the sender, all three are mandatory; answers `{"data": {…}}`."""
        body = {"name": name, "email_id": email_id, "cname_status": cname_status}
        return self._call(CATALOGUE["mail.update"], json=body).object(MailConfiguration)
