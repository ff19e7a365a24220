"""Real-looking words: people of many scripts, long names, an organisation's departments."""

from datetime import UTC, datetime, timedelta
from typing import Any

from .models import Event, Outcome, Person, PersonStatus

NAMES = [
    ("Amélie Fournier-Laroche", "amelie.fournier-laroche@zylker.com"),
    ("王秀英", "xiuying.wang@zylker.com"),
    ("Владимир Кузнецов", "v.kuznetsov@zylker.com"),
    ("فاطمة الزهراء بن علي", "fatima.benali@zylker.com"),
    (
        "Srinivasa Venkata Lakshminarayana Raghunathan",
        "srinivasa.venkata.lakshminarayana.raghunathan@zylker.com",
    ),
    ("Ọlábísí Adébáyọ̀", "olabisi.adebayo@zylker.com"),
    ("김민준", "minjun.kim@zylker.com"),
    ("Νίκος Παπαδόπουλος", "nikos.papadopoulos@zylker.com"),
    ("प्रिया शर्मा", "priya.sharma@zylker.com"),
    ("Åsa Öhrström", "asa.ohrstrom@zylker.com"),
    ("O’Brien, Siobhán", "siobhan.obrien@zylker.com"),
    ("田中 さくら", "sakura.tanaka@zylker.com"),
    ("Nguyễn Thị Minh Khai", "minhkhai.nguyen@zylker.com"),
    ("דוד לוי", "david.levi@zylker.com"),
    ("Wolfeschlegelsteinhausenbergerdorff, Hubert Blaine", "hubert.w@zylker.com"),
    ("สมชาย ใจดี", "somchai@zylker.com"),
]
DEPARTMENTS = [
    "Customer Success", "Engineering", "Finance and Controlling", "Human Resources", "IT Operations", "Legal",
    "Logistics and Supply Chain", "Marketing", "People Analytics", "Procurement", "Product", "Public Affairs",
    "Quality Assurance", "Research", "Sales — Europe, Middle East and Africa", "Workplace",
]  # fmt: skip
DESIGNATIONS = ["Engineer", "Senior engineer", "Team lead", "Head of department", "Analyst", "Recruiter"]
START = datetime.now(UTC)


def seed(number: int = 137) -> None:
    """Fill both tables."""
    statuses = list(PersonStatus)
    Person.objects.bulk_create(
        Person(
            name=NAMES[at % len(NAMES)][0],
            email=NAMES[at % len(NAMES)][1].replace("@", f"{at or ''}@"),
            department=DEPARTMENTS[at * 5 % len(DEPARTMENTS)],
            designation=DESIGNATIONS[at % len(DESIGNATIONS)],
            status=statuses[0] if at % 5 else statuses[at // 5 % 4],
            seen=START - timedelta(minutes=7 * at * at + 2),
            channels=at * 37 % 1240,
        )
        for at in range(number)
    )
    outcomes = [Outcome.DONE, Outcome.DONE, Outcome.DONE, Outcome.REFUSED, Outcome.DONE, Outcome.UNKNOWN]
    Event.objects.bulk_create(
        Event(
            seq=at + 1,
            actor=NAMES[at % 3][0],
            sentence=f"{NAMES[at % 3][0]} changed the designation of {NAMES[(at + 4) % len(NAMES)][0]}",
            outcome=outcomes[at % 6],
            moment=START - timedelta(minutes=11 * (number - at)),
        )
        for at in range(number)
    )


def timeline(person: Person) -> list[dict[str, Any]]:
    """Three events about somebody."""
    return [
        {
            "actor": "Amélie Fournier-Laroche",
            "sentence": f"Amélie Fournier-Laroche changed 2 fields of {person.name}",
            "url": "/log/",
            "moment": START - timedelta(minutes=4),
            "outcome": Outcome.DONE,
            "changes": [
                {"field": "Designation", "before": "Engineer", "after": "Senior engineer"},
                {"field": "Work location", "before": "Chennai", "after": ""},
            ],
        },
        {
            "actor": "Tomasz Wiśniewski",
            "sentence": f"Tomasz Wiśniewski moved {person.name} to Finance and Controlling",
            "url": "/log/",
            "moment": START - timedelta(hours=5),
            "outcome": Outcome.REFUSED,
            "changes": [],
        },
        {
            "actor": "Portal",
            "sentence": "Seen in Zoho: the mobile number was changed there",
            "url": "",
            "moment": START - timedelta(days=9),
            "outcome": Outcome.UNKNOWN,
            "changes": [{"field": "Mobile", "before": "+33 1 99 00 12 34", "after": "+33 6 12 34 56 78"}],
        },
    ]
