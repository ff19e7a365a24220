"""Refusals as Zoho words them: an HTTP status and a body that carries a code."""

from typing import Any


class Refusal(Exception):
    """A call that Zoho refuses; nothing of it takes effect."""

    status = 400

    def __init__(self, code: str, message: str, *, status: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.status = status or type(self).status

    def body(self) -> dict[str, Any]:
        """The reply's JSON."""
        return {"code": self.code, "message": self.message}


class Malformed(Refusal):
    """A missing, malformed or over-long parameter; Zoho documents no code of its own for v2."""

    def __init__(self, message: str) -> None:
        super().__init__("invalid_parameters", message)


class InvalidToken(Refusal):
    """An unknown, expired or revoked access token."""

    def __init__(self) -> None:
        super().__init__("INVALID_OAUTHTOKEN", "The OAuth token is invalid or has expired.", status=401)


class ScopeInvalid(Refusal):
    """A token whose consent does not cover the operation."""

    def __init__(self) -> None:
        super().__init__("oauthtoken_scope_invalid", "The token lacks the scope of this API.", status=401)


class NotAllowed(Refusal):
    """An operation that this person may not do, or not on this object."""

    def __init__(self, message: str = "The operation is not allowed.") -> None:
        super().__init__("operation_not_allowed", message, status=403)


class NotAnAdmin(Refusal):
    """An administrator's operation asked for by somebody else."""

    def __init__(self) -> None:
        super().__init__("not_an_organization_admin", "You are not an organization admin.", status=403)


class Outsider(Refusal):
    """Somebody who is to be a member but does not belong to the organisation."""

    def __init__(self) -> None:
        super().__init__("not_zoho_organization_user", "The user does not belong to your organization.")


class Throttled(Refusal):
    """More calls than the threshold allows, or any call while the lock lasts."""

    def __init__(self, status: int = 400) -> None:
        super().__init__("request_limit_exceeded", "URL throttle limits exceeded", status=status)
