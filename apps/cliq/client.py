"""The client of Cliq: token, then a slot of the quota, then HTTP; every answer judged in one place."""

import logging
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import quote

from apps.cliq import envelopes, errors, transport
from apps.cliq.api.base import Reply
from apps.cliq.api.channels import ChannelsApi
from apps.cliq.api.custom_domain import CustomDomainApi
from apps.cliq.api.departments import DepartmentsApi
from apps.cliq.api.designations import DesignationsApi
from apps.cliq.api.mail import MailApi
from apps.cliq.api.maintenance import MaintenanceApi
from apps.cliq.api.messages import MessagesApi
from apps.cliq.api.roles import RolesApi
from apps.cliq.api.teams import TeamsApi
from apps.cliq.api.userfields import UserfieldsApi
from apps.cliq.api.users import UsersApi
from apps.cliq.catalogue import Endpoint
from apps.cliq.errors import TokenRejected
from apps.cliq.quota import Quota, Slot
from apps.cliq.records import CallRecord, Outcome
from apps.cliq.tokens import TokenSource
from apps.cliq.transport import HttpReply, Lost
from apps.core.errors import GrantDead, NotSent, QuotaWait, Refused, VendorFailure

log = logging.getLogger(__name__)

Observer = Callable[[CallRecord], None]
NOTHING: Mapping[str, Any] = {}
EXPORTS = "/maintenanceapi/"


class Cliq:
    """One organisation's Cliq, seen through one grant.

    `deadline` is what one call may take in all, `max_wait` how long it may wait for the quota in this
    process, `interactive` whether a person is waiting for it; all in seconds. `export_prefix` stands before
    the paths of the maintenance exports.
    """

    def __init__(
        self,
        *,
        base_url: str,
        tokens: TokenSource,
        quota: Quota,
        network: str = "",
        export_prefix: str = "",
        observer: Observer | None = None,
        deadline: float = 15.0,
        max_wait: float = 0.0,
        interactive: bool = False,
    ) -> None:
        self._root = base_url.rstrip("/") + (f"/network/{quote(network, safe='')}" if network else "")
        self._exports = f"/{export_prefix.strip('/')}" if export_prefix.strip("/") else ""
        self._tokens = tokens
        self._observer = observer
        self._deadline = deadline
        self._max_wait = max_wait
        self._interactive = interactive
        self.quota = quota
        self.users = UsersApi(self)
        self.departments = DepartmentsApi(self)
        self.designations = DesignationsApi(self)
        self.userfields = UserfieldsApi(self)
        self.roles = RolesApi(self)
        self.teams = TeamsApi(self)
        self.channels = ChannelsApi(self)
        self.custom_domain = CustomDomainApi(self)
        self.mail = MailApi(self)
        self.messages = MessagesApi(self)
        self.maintenance = MaintenanceApi(self)

    def call(
        self,
        endpoint: Endpoint,
        *,
        path: Mapping[str, Any] = NOTHING,
        params: Mapping[str, Any] = NOTHING,
        json: Any = None,
    ) -> Reply:
        """Do one operation and return Zoho's answer, or raise what `apps.core.errors` and `errors` name.

        A rejected token is renewed once and the call repeated: Zoho checks it before it does anything.
        """
        url = self._url(endpoint, path)
        token = _token(self._tokens.get)
        try:
            return self._attempt(endpoint, url, token, params, json)
        except TokenRejected:
            token = _token(partial(self._tokens.renew, token))
        try:
            return self._attempt(endpoint, url, token, params, json)
        except TokenRejected as error:
            raise GrantDead(
                "Zoho no longer accepts the portal's access. An Owner has to connect the organisation again."
            ) from error

    def _url(self, endpoint: Endpoint, path: Mapping[str, Any]) -> str:
        prefix = self._exports if endpoint.path.startswith(EXPORTS) else ""
        return self._root + prefix + endpoint.url_path(path)

    def _attempt(
        self, endpoint: Endpoint, url: str, token: str, params: Mapping[str, Any], json: Any
    ) -> Reply:
        asked = time.monotonic()
        slot, ends = self._admit(endpoint, asked)
        record = _Recorder(self._observer, endpoint, self.quota.account, waited=time.monotonic() - asked)
        try:
            reply = transport.send(
                endpoint.method,
                url,
                deadline=ends - time.monotonic(),
                token=token,
                params=_sendable(params),
                json=json,
                content_type=endpoint.content_type,
            )
        except NotSent:
            slot.cancel()
            record.end(Outcome.NOT_SENT)
            raise
        except Lost as lost:
            slot.release()
            record.end(Outcome.UNKNOWN if endpoint.writes else Outcome.FAILED)
            raise errors.without_answer(endpoint, lost.reason) from lost
        slot.release()
        return self._judged(endpoint, reply, record)

    def _admit(self, endpoint: Endpoint, asked: float) -> tuple[Slot, float]:
        """A slot and the moment the call has to be over, waiting for it no longer than `max_wait`."""
        while True:
            # The call's clock starts before the slot's, so that it cannot outlive the slot.
            ends = time.monotonic() + self._deadline
            try:
                slot = self.quota.admit(endpoint, interactive=self._interactive, hold=self._deadline)
            except QuotaWait as wait:
                if time.monotonic() + wait.seconds > asked + self._max_wait:
                    raise
                time.sleep(wait.seconds)
            else:
                return slot, ends

    def _judged(self, endpoint: Endpoint, reply: HttpReply, record: "_Recorder") -> Reply:
        """The answer if it is one, else the error it means."""
        record.answered(reply)
        useless = (
            f"answered with the status {reply.status}" if reply.status >= 500 or reply.status == 408 else ""
        )
        body: Any = None
        try:
            body = envelopes.parsed(reply, rows=bool(endpoint.content_type))
        except Lost as lost:
            useless = useless or (lost.reason if reply.status < 300 else "")
        error = envelopes.error_of(body, reply.status)
        code = error.code if error else ""
        if errors.is_throttle(reply.status, error):
            record.end(Outcome.THROTTLED, code)
            raise self.quota.lock(endpoint)
        if useless:
            record.end(Outcome.UNKNOWN if endpoint.writes else Outcome.FAILED, code)
            raise errors.without_answer(endpoint, useless)
        if reply.status >= 300 or error:
            refused: Refused = errors.refusal(endpoint, reply.status, body, error)
            record.end(Outcome.TOKEN if isinstance(refused, TokenRejected) else Outcome.REFUSED, refused.code)
            raise refused
        record.end(Outcome.DONE)
        return Reply(endpoint, reply.status, body, envelopes.request_id(reply))


class _Recorder:
    """Builds the record of one call and hands it to the observer exactly once."""

    def __init__(self, observer: Observer | None, endpoint: Endpoint, account: str, waited: float) -> None:
        self._observer = observer
        self._endpoint = endpoint
        self._account = account
        self._waited = waited
        self._started = datetime.now(UTC)
        self._clock = time.monotonic()
        self._status: int | None = None
        self._request_id = ""

    def answered(self, reply: HttpReply) -> None:
        """An answer came."""
        self._status = reply.status
        self._request_id = envelopes.request_id(reply)

    def end(self, outcome: Outcome, code: str = "") -> None:
        """The call is over; an observer that fails must not hide what happened to it."""
        if self._observer is None:
            return
        record = CallRecord(
            endpoint=self._endpoint.name,
            account=self._account,
            started=self._started,
            seconds=time.monotonic() - self._clock,
            waited=self._waited,
            outcome=outcome,
            status=self._status,
            code=code,
            request_id=self._request_id,
        )
        try:
            self._observer(record)
        except Exception:
            log.exception("The observer of calls failed.")


def _token(obtain: Callable[[], str]) -> str:
    """A token; that none could be had means for the operation that it was not sent."""
    try:
        return obtain()
    except VendorFailure as failure:
        raise NotSent(failure.sentence) from failure


def _sendable(params: Mapping[str, Any]) -> dict[str, str]:
    """Query parameters as text; those without a value are left out."""
    return {
        key: str(value).lower() if isinstance(value, bool) else str(value)
        for key, value in params.items()
        if value is not None and value != ""
    }
