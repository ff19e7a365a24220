"""The organisation's custom domain. v2-rest-api.txt:4146–4211, customdomain.yml."""

from apps.cliq.api.base import Api
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.replies_organization import CustomDomain

STATUSES = ("active", "inactive")


class CustomDomainApi(Api):
    """`cliq.custom_domain`; no error codes are documented."""

    def get(self) -> CustomDomain:
        """The domain; answers `{"data": {…}}`. NotFound."""
        return self._call(CATALOGUE["custom_domain.get"]).object(CustomDomain)

    def add(self, name: str) -> CustomDomain:
        """Set a domain, inactive until its DNS record is verified; answers `{"data": {…}}`."""
        return self._call(CATALOGUE["custom_domain.add"], json={"name": name}).object(CustomDomain)

    def verify(self, status: str = "active") -> CustomDomain:
        """Have the DNS record verified; answers `{"data": {…}}`, which may still be inactive."""
        if status not in STATUSES:
            raise ValueError(f"{status} is no status of a domain")
        return self._call(CATALOGUE["custom_domain.verify"], json={"status": status}).object(CustomDomain)

    def delete(self) -> None:
        """Go back to Zoho's own address; answers 204."""
        self._call(CATALOGUE["custom_domain.delete"])
