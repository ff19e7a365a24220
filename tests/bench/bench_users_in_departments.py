"""2,000 departments with 50,000 people in them."""

from functools import cache

from django.utils import timezone

from apps.directory.models import Department
from tests.bench import Step, bench
from tests.bench.bench_users import browser, organization

DEPARTMENTS = 2_000
CHILDREN = 8


@cache
def tree() -> Department:
    """A tree in which each has eight below it; answers one in the middle."""
    made = organization()
    Department.objects.all().delete()
    now = timezone.now()
    Department.objects.bulk_create(
        Department(
            organization=made,
            cliq_id=str(n),
            name=f"Department {n}",
            search=f"department {n}",
            parent_id=str((n - 1) // CHILDREN) if n else "",
            lead_id=str(600_000_000 + n),
            lead_name=f"Zoë Álvarez {n}",
            is_default=not n,
            read_at=now,
        )
        for n in range(DEPARTMENTS)
    )
    return Department.objects.get(cliq_id="7")


def opening(path: str, shows: bytes) -> Step:
    """A page that has to show something."""
    one = tree()
    client = browser()

    def step() -> None:
        page = client.get(path.format(one=one.get_absolute_url()))
        if page.status_code != 200 or shows not in page.content:
            raise RuntimeError(f"{path} does not show what it should.")

    return step


@bench("2,000 departments: open the tree", target_ms=100)
def opened() -> Step:
    return opening("/departments/", b"tree-name")


@bench("2,000 departments: unfold a branch", target_ms=100)
def unfolded() -> Step:
    return opening("{one}below/", b"tree-name")


@bench("2,000 departments: search", target_ms=100)
def searched() -> Step:
    return opening("/departments/?q=1999", b"Department 1999")


@bench("2,000 departments: sort by members", target_ms=100)
def sorted_by_members() -> Step:
    return opening("/departments/?sort=-number", b"identity-name")


@bench("2,000 departments: open one", target_ms=100)
def one_opened() -> Step:
    return opening("{one}", b"Department 7")


@bench("2,000 departments: choose members out of 50,000", target_ms=100)
def picking() -> Step:
    return opening("{one}members/add/", b"pick-note")


@bench("2,000 departments: edit one", target_ms=100)
def edited() -> Step:
    return opening("{one}edit/", b"parent_department_id")
