"""A person in front of the portal: their browser, and what they press on Zoho's pages."""

from urllib.parse import urlsplit

from django.test import Client

from apps.sandbox.control import Control
from tests.cast import FIREFOX


class Visitor:
    """Follows the portal's redirects to Zoho and back as one member of the sandbox's cast."""

    def __init__(self, sandbox: Control, client: Client | None = None) -> None:
        self.sandbox = sandbox
        self.client = client or Client(headers={"user-agent": FIREFOX})

    def start_connecting(self) -> str:
        """Press «Connect with Zoho»; the address of the consent page."""
        answer = self.client.post("/connection/connect/")
        assert answer.status_code == 302, answer.content
        return answer["Location"]

    def connect(self, email: str, *, accept: bool = True):
        """Press it, consent as that person, and arrive where the portal sends the browser."""
        return self.come_back(self.sandbox.consent(self.start_connecting(), email, accept=accept))

    def come_back(self, url: str):
        """Open the address that Zoho redirected to."""
        parts = urlsplit(url)
        return self.client.get(f"{parts.path}?{parts.query}", follow=True)

    def sign_in(self, email: str, *, accept: bool = True, next_url: str = ""):
        """Press «Sign in with Zoho» and sign in there as that person."""
        answer = self.client.post("/accounts/zoho/login/", {"next": next_url} if next_url else {})
        assert answer.status_code == 302, answer.content
        return self.come_back(self.sandbox.consent(answer["Location"], email, accept=accept))


def words(answer) -> str:
    """The page's text without markup, blanks folded: what a person reads."""
    import html
    import re

    body = re.sub(r"<(script|style).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())
