"""The list of 50,000 users, and keeping it."""

from datetime import timedelta
from functools import cache

import psutil
from django.test import Client
from django.utils import timezone

from apps.accounts.models import Administrator
from apps.cliq.replies import User as WireUser
from apps.connections.models import Organization
from apps.core.permissions import PortalRole
from apps.directory import mirror
from apps.directory.models import Department, Designation, User
from apps.directory.tables import UserTable
from tests.bench import Step, bench

USERS = 50_000
DEPARTMENTS = 500
PAGE = 100
STATUSES = ("active", "active", "active", "inactive", "pending")
NAMES = ("Zoë Álvarez", "முருகன் செல்வம்", "Łukasz Wiśniewski", "Ananya Iyer", "李 小龍", "D'Andre O'Brien")
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def wire(number: int, mobile: str = "") -> WireUser:
    """One user as Zoho would send them."""
    first, last = NAMES[number % len(NAMES)].split(" ", 1)
    return WireUser.read(
        {
            "id": str(600_000_000 + number),
            "email_id": f"person.{number}@zylker.com",
            "first_name": first,
            "last_name": f"{last} {number}",
            "display_name": f"{first} {last} {number}",
            "employee_id": f"ZC-{number:05d}" if number % 7 else "",
            "status": STATUSES[number % len(STATUSES)],
            "country": ("India", "Germany", "United States")[number % 3],
            "timezone": "Asia/Kolkata",
            "language": "English",
            "mobile": mobile or f"+91 {number:010d}",
            "work_location": f"Block {number % 40}, desk {number % 900}",
            "department": {"id": str(number % DEPARTMENTS + 1), "name": f"Department {number % DEPARTMENTS}"},
            "designation": {"id": str(number % 30 + 1), "name": f"Designation {number % 30}"},
            "reportingto": {"id": str(600_000_000 + number // 9), "name": "Somebody"} if number % 8 else None,
            "custom_attributes": {"workshift": "Day", "dateofjoining": "2020-01-01", "employmenttype": "-"},
        }
    )


@cache
def organization() -> Organization:
    """An organisation of 50,000, written as a sweep writes it."""
    made = Organization.objects.create(zoho_id="1", name="Bench", data_centre="us")
    now = timezone.now()
    Department.objects.bulk_create(
        Department(organization=made, cliq_id=str(n + 1), name=f"Department {n}", read_at=now)
        for n in range(DEPARTMENTS)
    )
    Designation.objects.bulk_create(
        Designation(organization=made, cliq_id=str(n + 1), name=f"Designation {n}", read_at=now)
        for n in range(30)
    )
    for start in range(0, USERS, PAGE):
        mirror.write_users(made, [wire(n) for n in range(start, start + PAGE)], asked_at=now)
    return made


@cache
def browser() -> Client:
    """Somebody signed in."""
    person = Administrator(zuid="1", name="Bench", email="bench@zylker.com", portal_role=PortalRole.OWNER)
    person.set_unusable_password()
    person.save()
    client = Client(headers={"user-agent": AGENT})
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def opening(query: str) -> Step:
    """The list with this query."""
    organization()
    client = browser()

    def step() -> None:
        page = client.get(f"/users/{query}")
        if page.status_code != 200 or b"identity-name" not in page.content:
            raise RuntimeError(f"/users/{query} shows nobody.")

    return step


@bench("50,000 users: open the list", target_ms=100)
def opened() -> Step:
    return opening("")


@bench("50,000 users: the last page", target_ms=100)
def last_page() -> Step:
    return opening("?page=1000")


@bench("50,000 users: search that finds many", target_ms=100)
def many() -> Step:
    return opening("?q=wisniewski")


@bench("50,000 users: search that finds one", target_ms=100)
def one() -> Step:
    return opening("?q=person.43210")


@bench("50,000 users: search in Tamil", target_ms=100)
def tamil() -> Step:
    return opening("?q=செல்வம்+4321")


@bench("50,000 users: filter by status and country", target_ms=100)
def filtered() -> Step:
    return opening("?status=inactive&country=DE")


@bench("50,000 users: filter by department", target_ms=100)
def department() -> Step:
    return opening("?department=77")


@bench("50,000 users: filter by manager, sort by designation", target_ms=100)
def manager() -> Step:
    return opening("?manager=none&sort=-designation_name")


@bench("50,000 users: sort by when read", target_ms=100)
def sorted_by_age() -> Step:
    return opening("?sort=read_at")


@bench("50,000 users: sort by manager", target_ms=100)
def sorted_by_manager() -> Step:
    return opening("?sort=manager_name&columns=manager_name")


@bench("50,000 users: sort by seating location", target_ms=100)
def sorted_by_place() -> Step:
    return opening("?sort=-work_location&columns=work_location")


@bench("50,000 users: sort by last name", target_ms=100)
def sorted_by_last_name() -> Step:
    return opening("?sort=last_name&columns=last_name")


@bench("50,000 users: every column", target_ms=150)
def every_column() -> Step:
    return opening("?columns=" + ",".join(UserTable.base_columns))


def downloading(query: str, most_memory: int) -> Step:
    """All of it as a file, read piece by piece as a browser does; memory must not grow with the rows."""
    organization()
    client = browser()

    def step() -> None:
        before, held, size = psutil.Process().memory_info().rss, 0, 0
        for piece in client.get(f"/users/{query}").streaming_content:
            size += len(piece)
            held = max(held, psutil.Process().memory_info().rss - before)
        if size < USERS or held > most_memory:
            raise RuntimeError(f"{size:,} bytes, {held:,} more held at once.")

    return step


@bench("50,000 users: download all as CSV, below 16 MB", repeat=1)
def as_csv() -> Step:
    return downloading("?download=csv", 16_000_000)


@bench("50,000 users: download all as XLSX, below 16 MB", repeat=1)
def as_xlsx() -> Step:
    return downloading("?download=xlsx", 16_000_000)


@bench("50,000 users: write a page of 100, half of them changed", target_ms=100)
def page_written() -> Step:
    made = organization()
    turn = iter(range(1, 10_000))

    def step() -> None:
        number = next(turn)
        wires = [wire(n, mobile=str(number) if n % 2 else "") for n in range(PAGE)]
        mirror.write_users(made, wires, asked_at=timezone.now() + timedelta(seconds=number))

    return step


@bench("50,000 users: who was not met by a sweep", target_ms=100)
def missed() -> Step:
    organization()
    since = timezone.now() - timedelta(days=1)
    return lambda: User.objects.filter(gone_at=None, read_at__lt=since).count()
