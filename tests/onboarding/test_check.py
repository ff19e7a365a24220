"""Judging rows: every problem of each, and what would be done."""

import pytest
from django.utils import timezone

from apps.core.errors import Refused
from apps.directory.models import User, UserField
from apps.jobs.models import JobStatus, RowStatus
from apps.onboarding import services
from apps.onboarding.models import Onboarding, Phase
from apps.sandbox import cast
from tests.onboarding.conftest import checked, confirmed, csv_of, people, run, uploaded, workbook_of
from tests.working import carry_through

pytestmark = pytest.mark.django_db(transaction=True)


def judged(onboarding) -> dict[int, tuple[str, list[str]]]:
    return {row.number: (row.action, row.problems or [row.sentence]) for row in onboarding.job.rows.all()}


def test_it_works(synced, owner, sandbox):
    calls = len(sandbox.arrivals())
    onboarding = checked(csv_of(["Amy@Zylker.com,Amy,Ö'Brien,engineering,web developer"]), owner)
    row = onboarding.job.rows.get()
    assert row.action == "add"
    assert (row.key, row.name) == ("amy@zylker.com", "Amy Ö'Brien")
    assert row.data["input"] == ["Amy@Zylker.com", "Amy", "Ö'Brien", "engineering", "web developer"]
    values = row.data["values"]
    assert values.keys() == {"email_id", "first_name", "last_name", "department_id", "designation_id"}
    assert onboarding.counts == {"add": 1}
    assert len(sandbox.arrivals()) == calls


def test_every_problem_of_every_row(synced, owner):
    lines = [
        "priya@@zylker.com,,,Enginering,Web Develper",
        ",Nobody,,,",
        "amy@zylker.com,,,,",
        "AMY@zylker.com,,,,",
        f"long@zylker.com,{'x' * 101},,,",
        'break@zylker.com,"two\nlines",,Nonsuch Department,',
        "wide@zylker.com,a,b,,,stray",
        "用户@例え.jp,字,名,,",
    ]
    assert judged(checked(csv_of(lines), owner)) == {
        2: (
            "cannot",
            [
                "“priya@@zylker.com” is no email address: the part after the @-sign contains invalid "
                "characters: '@'.",
                "There is no department “Enginering”. Did you mean “Engineering”?",
                "There is no designation “Web Develper”. Did you mean “Web Developer”?",
            ],
        ),
        3: ("cannot", ["The email address is missing."]),
        4: ("add", [""]),
        5: ("cannot", ["The same address is in row 4 already."]),
        6: ("cannot", ["The first name has 101 characters; 100 are the most."]),
        7: (
            "cannot",
            [
                "The first name holds a line break or another character that cannot be seen.",
                "There is no department “Nonsuch Department”.",
            ],
        ),
        8: ("cannot", ["There are more cells than columns: “stray”."]),
        9: ("add", [""]),
    }


def test_who_is_there_already(synced, owner):
    pending = User.objects.filter(status="pending").first()
    inactive = User.objects.filter(status="inactive").first()
    assert pending and inactive
    lines = [f"{email},,,," for email in (cast.ADMIN.email.upper(), pending.email, inactive.email)]
    onboarding = checked(csv_of(lines), owner)
    assert judged(onboarding) == {
        2: ("nothing", ["In the organisation already."]),
        3: ("nothing", ["Invited already, not yet accepted."]),
        4: (
            "cannot",
            ["This person is in the organisation, but inactive. Activate them in Zoho's own admin panel."],
        ),
    }
    assert onboarding.counts == {"nothing": 2, "cannot": 1}


def test_who_may_have_been_added_waits_for_a_reading(synced, owner, sandbox):
    sandbox.fault("users.add", drop="before", times=9)
    job = carry_through(confirmed(checked(csv_of(people(1)), owner), owner), patience=30)
    sandbox.clear_faults()
    assert job.rows.get().status == RowStatus.UNKNOWN
    again = judged(checked(csv_of(people(1)), owner))
    assert again == {
        2: (
            "cannot",
            [
                "An earlier onboarding does not know yet whether this person was added. "
                "Read the organisation from Zoho, then check again."
            ],
        )
    }


def test_a_check_that_is_interrupted_goes_on(synced, owner, monkeypatch):
    from apps.jobs import runner
    from apps.onboarding import checking

    monkeypatch.setattr(checking, "CHUNK", 50)
    monkeypatch.setattr(checking, "STEP_SECONDS", 0.0)
    monkeypatch.setattr(runner, "CHUNK_SECONDS", 0.0)
    data = csv_of([*people(180), "joiner0001@zylker.com,,,,"])
    onboarding = uploaded(data, owner)
    services.check(onboarding, mapping=onboarding.mapping, actor=owner.actor())
    for _ in range(3):
        runner.carry_on(onboarding.job_id)
    assert 0 < onboarding.job.rows.count() < 181
    carry_through(onboarding.job, patience=5)
    onboarding.refresh_from_db()
    assert onboarding.counts == {"add": 180, "cannot": 1}
    assert onboarding.job.rows.get(number=182).problems == ["The same address is in row 2 already."]


def test_a_file_that_breaks_off_fails_with_its_sentence(synced, owner):
    onboarding = uploaded(csv_of([*people(3000), f'x@zylker.com,"{"y" * 6000}",,,']), owner)
    services.check(onboarding, mapping=onboarding.mapping, actor=owner.actor())
    job = carry_through(onboarding.job, patience=10)
    assert job.status == JobStatus.FAILED
    assert job.activity.startswith("Row 3002 has a cell of more than 5,000 characters.")


def test_what_a_workbook_cannot_say_is_a_problem_of_its_row(synced, owner):
    data = workbook_of([["Email", "First name"], ["a@zylker.com", "=UPPER(A1)"], ["b@zylker.com", "B"]])
    assert judged(checked(data, owner, "people.xlsx")) == {
        2: (
            "cannot",
            [
                "Cell B2 holds a formula without its result. Open the file in a spreadsheet program and "
                "save it, then upload it again."
            ],
        ),
        3: ("add", [""]),
    }


def test_checking_twice_is_refused_while_it_runs_and_allowed_after(synced, owner):
    onboarding = uploaded(csv_of(people(2)), owner)
    services.check(onboarding, mapping=onboarding.mapping, actor=owner.actor())
    with pytest.raises(Refused, match="This file is being checked already"):
        services.check(onboarding, mapping=onboarding.mapping, actor=owner.actor())
    carry_through(onboarding.job, patience=5)
    services.check(onboarding, mapping={"0": "email_id"}, actor=owner.actor())
    carry_through(onboarding.job, patience=5)
    onboarding = Onboarding.objects.get(pk=onboarding.pk)
    assert (onboarding.phase, onboarding.counts) == (Phase.PLAN, {"add": 2})
    assert onboarding.job.rows.count() == 2
    assert onboarding.job.rows.first().data["values"].keys() == {"email_id"}


def test_every_field_of_a_person(synced, owner):
    header = "Email,Manager email,Emp ID,Office,Mobile No.,Telephone,Ext,Country,Time Zone,Language,workshift"
    line = (
        f"amy@zylker.com,{cast.ADMIN.email.upper()},E-1,Chennai 3,+91 98400 12345,044 1234,77,"
        "United States,america/new_york,german,Night"
    )
    onboarding = checked(csv_of([line], header), owner)
    assert len(onboarding.mapping) == 11
    row = onboarding.job.rows.get()
    assert (row.action, row.problems) == ("add", [])
    assert row.data["values"] == {
        "email_id": "amy@zylker.com",
        "reporting_to_zuid": cast.ADMIN.zuid,
        "employee_id": "E-1",
        "work_location": "Chennai 3",
        "mobile": "+91 98400 12345",
        "phone": "044 1234",
        "extension": "77",
        "country": "US",
        "timezone": "America/New_York",
        "language": "de",
        "workshift": "Night",
    }
    run(onboarding, owner)
    assert onboarding.job.rows.get().status == RowStatus.DONE


def test_every_field_can_be_wrong(synced, owner, organization):
    for name, kind in (("Badge", "drop_down"), ("Started", "date_picker")):
        UserField.objects.create(
            organization=organization,
            cliq_id=f"9{len(name)}",
            name=name,
            unique_name=name.lower(),
            type=kind,
            mandatory=kind == "drop_down",
            options=[{"id": "1", "name": "Gold"}] if kind == "drop_down" else [],
            read_at=timezone.now(),
        )
    header = "Email,Manager,Mobile,Phone,Extension,Country,Timezone,Language,Badge,Started"
    lines = [
        "a@zylker.com,nobody@zylker.com,9.19841E+11,call me,12.0,Indai,Asia/Kolkatta,Tamli,Golden,3/4/26",
        "b@zylker.com,b@zylker.com,,,,,,,,",
    ]
    assert judged(checked(csv_of(lines, header), owner)) == {
        2: (
            "cannot",
            [
                "The extension “12.0” has become a fraction. Format the column as text and type it again.",
                "The mobile “9.19841E+11” is what Excel makes of a long number: its digits are lost. Format "
                "the column as text and type it again.",
                "The phone “call me” is no telephone number.",
                "There is no country “Indai”. Did you mean “India”?",
                "There is no language “Tamli”. Did you mean “Tamil”?",
                "There is no time zone “Asia/Kolkatta”. Did you mean “Asia/Kolkata”?",
                "There is no option for Badge “Golden”. Did you mean “Gold”?",
                "Started “3/4/26” is no date. Write it like 2026-03-31.",
                "The manager “nobody@zylker.com” is nobody's address in the organisation or in this file.",
                "Badge is missing: the organisation demands it of everybody.",
            ],
        ),
        3: (
            "cannot",
            ["Nobody reports to themselves.", "Badge is missing: the organisation demands it of everybody."],
        ),
    }


def test_an_employee_id_that_lost_its_zeros(synced, owner):
    User.objects.update(employee_id="")
    User.objects.filter(email=cast.ADMIN.email).update(employee_id="00042")
    onboarding = checked(csv_of(["a@zylker.com,77", "b@zylker.com,00078"], "Email,Employee number"), owner)
    assert judged(onboarding) == {
        2: (
            "cannot",
            [
                "The employee ID “77” has 2 digits, those of the organisation have 5: Excel has probably "
                "dropped zeros. Should it be “00077”?"
            ],
        ),
        3: ("add", [""]),
    }
