"""The pages, from the empty list to the result file."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.audit.models import Event
from apps.core import spreadsheets
from apps.jobs import services as jobs
from apps.jobs.models import JobStatus
from apps.onboarding import services
from apps.onboarding.models import Onboarding, Phase
from apps.sandbox import cast
from tests.onboarding.conftest import (
    HEADER,
    checked,
    confirmed,
    csv_of,
    people,
    run,
    uploaded,
    workbook_of,
)
from tests.working import carry_through

pytestmark = pytest.mark.django_db(transaction=True)

LIST, UPLOAD = "/onboarding/", "/onboarding/upload/"


def send(client, data: bytes, name: str = "joiners.csv"):
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, data, content_type="text/csv")})


def test_the_empty_list_says_what_to_prepare(owner_client, organization):
    page = owner_client.get(LIST).content.decode()
    assert "Nobody has been onboarded from a spreadsheet yet." in page
    assert "Prepare an Excel or CSV file with one person a row" in page
    assert reverse("onboarding:workbook") in page


def test_it_works_from_upload_to_result(owner_client, synced, owner, sandbox):
    answer = send(owner_client, csv_of([*people(3), "not an address,X,Y,,"]))
    onboarding = Onboarding.objects.get()
    assert answer.url == f"/onboarding/{onboarding.pk}/columns/"

    page = owner_client.get(answer.url).content.decode()
    assert "Every column was recognised." in page
    assert "Check 4 rows" in page
    chosen = {f"column_{index}": field for index, field in onboarding.mapping.items()}
    answer = owner_client.post(answer.url, chosen)
    url = f"/onboarding/{onboarding.pk}/"
    assert answer.url == url

    assert 'hx-trigger="every 1s"' in owner_client.get(url).content.decode()
    carry_through(onboarding.job)
    page = owner_client.get(url).content.decode()
    assert 'hx-trigger="every 1s"' not in page
    assert "Add 3 people" in page
    assert "<strong>1 call</strong>, <strong>a few seconds</strong>" in page
    assert "“not an address” is no email address: an email address must have an @-sign." in page
    assert "compared with" in page.lower()

    dialog = owner_client.get(f"{url}confirm/", headers={"HX-Request": "true"}).content.decode()
    assert "3 people are invited to Zylker Corp." in dialog
    onboarding.refresh_from_db()
    plan = {"plan": onboarding.plan_hash}
    assert onboarding.plan_hash in dialog
    answer = owner_client.post(f"{url}confirm/", {"reason": "Winter intake", **plan})
    assert answer.url == url
    job = carry_through(onboarding.job, patience=10)
    assert job.activity == "3 added, 1 could not be added."
    page = owner_client.get(url).content.decode()
    assert "Download the result" in page
    assert "Winter intake" in page
    assert Event.objects.filter(kind="onboarding.confirmed").count() == 1


def test_a_second_click_is_refused(owner_client, synced, owner):
    onboarding = checked(csv_of(people(2)), owner)
    url = f"/onboarding/{onboarding.pk}/confirm/"
    assert owner_client.post(url).status_code == 422
    plan = {"plan": onboarding.plan_hash}
    assert owner_client.post(url, plan).status_code == 302
    answer = owner_client.post(url, plan)
    assert answer.status_code == 422
    assert "This plan has been confirmed already." in answer.content.decode()


def test_a_refused_file_keeps_its_sentence_on_the_page(owner_client, organization):
    answer = send(owner_client, b"PK\x03\x04 whatever", "people.csv")
    assert answer.status_code == 422
    assert "This workbook is damaged or was not saved by a spreadsheet program." in answer.content.decode()
    assert not Onboarding.objects.exists()


def test_columns_are_mapped_by_hand(owner_client, synced, owner):
    onboarding = uploaded(csv_of(["a@zylker.com,Ann"], "Kontakt,Rufname"), owner)
    url = f"/onboarding/{onboarding.pk}/columns/"
    answer = owner_client.post(url, {"column_0": "", "column_1": "first_name"})
    assert answer.status_code == 422
    assert "Say which column holds the email address" in answer.content.decode()
    answer = owner_client.post(url, {"column_0": "email_id", "column_1": "email_id"})
    assert "Two columns are both “Email address”: choose one of them." in answer.content.decode()
    owner_client.post(url, {"column_0": "email_id", "column_1": "first_name"})
    carry_through(onboarding.job)
    row = onboarding.job.rows.get()
    assert row.data["values"] == {"email_id": "a@zylker.com", "first_name": "Ann"}


def test_before_the_organisation_was_read_nothing_is_checked(owner_client, grant, owner):
    onboarding = uploaded(csv_of(people(1)), owner)
    url = f"/onboarding/{onboarding.pk}/columns/"
    page = owner_client.get(url).content.decode()
    assert "The organisation has not been read from Zoho yet" in page
    assert reverse("directory:read") in page
    answer = owner_client.post(url, {"column_0": "email_id"})
    assert answer.status_code == 422
    assert "The organisation has not been read from Zoho yet" in answer.content.decode()
    onboarding.refresh_from_db()
    assert onboarding.phase == Phase.COLUMNS


def test_the_fragment_has_the_page_drawn_anew_when_its_phase_is_over(owner_client, synced, owner):
    onboarding = checked(csv_of(people(1)), owner)
    url = f"/onboarding/{onboarding.pk}/progress/"
    assert owner_client.get(url, {"seen": "check-moving"}).headers["HX-Refresh"] == "true"
    calm = owner_client.get(url, {"seen": "plan-draft"})
    assert "HX-Refresh" not in calm.headers
    assert "hx-trigger" not in calm.content.decode()


def test_rows_are_filtered_and_searched(owner_client, synced, owner):
    lines = [*people(3), "joiner0002@zylker.com,Again,,,", "bad,Zoë,Wäßer,,"]
    onboarding = checked(csv_of(lines), owner)
    url = f"/onboarding/{onboarding.pk}/"
    page = owner_client.get(url, {"action": "cannot"}).content.decode()
    assert "The same address is in row 3 already." in page
    assert "joiner0001@zylker.com" not in page
    page = owner_client.get(url, {"q": "wasser"}).content.decode()
    assert "Zoë Wäßer" in page
    assert "joiner0001@zylker.com" not in page


def test_the_result_is_the_input_and_what_happened(owner_client, synced, owner, sandbox):
    lines = ["joiner0001@zylker.com,=1+1,+91 98400 12345,", "bad,,,Legal", "olivia.palmer@zylker.com,O,P,"]
    onboarding = checked(csv_of(lines, "Mail,First name,Phone,Notes"), owner)
    run(onboarding, owner)
    answer = owner_client.get(f"/onboarding/{onboarding.pk}/result.csv")
    data = b"".join(answer.streaming_content)
    text = data.decode("utf-8-sig")
    assert text.startswith("Mail,First name,Phone,Notes,Result,What happened,Operation\r\n")
    assert "joiner0001@zylker.com,'=1+1,'+91 98400 12345,,Added,Invited; active once they accept.," in text
    assert "Cannot be added" in text
    assert "olivia.palmer@zylker.com,O,P,,Nothing to do,In the organisation already.," in text
    assert Event.objects.filter(kind="onboarding.downloaded").count() == 1

    again = checked(data.replace(b"bad,,,Legal", b"mended@zylker.com,,,Legal"), owner)
    assert again.counts == {"add": 1, "nothing": 2}
    assert again.job.rows.get(number=2).data["values"]["first_name"] == "=1+1"
    run(again, owner)
    second = b"".join(owner_client.get(f"/onboarding/{again.pk}/result.csv").streaming_content)
    assert second.decode("utf-8-sig").splitlines()[0] == text.splitlines()[0]
    assert spreadsheets.layout_of(io.BytesIO(second), len(second)).header[2] == "Phone"


def test_who_may_not_run_may_look(auditor_client, approver_client, synced, owner):
    onboarding = checked(csv_of(people(1)), owner)
    url = f"/onboarding/{onboarding.pk}/"
    page = auditor_client.get(url)
    assert page.status_code == 200
    assert "Add 1 person" not in page.content.decode()
    for path in ("confirm/", "columns/", "check/"):
        assert auditor_client.post(url + path).status_code == 403
    assert auditor_client.get(UPLOAD).status_code == 403
    assert auditor_client.get(url + "result.csv").status_code == 200
    assert approver_client.get(url).status_code == 403
    onboarding.refresh_from_db()
    assert onboarding.phase == Phase.PLAN


def test_a_cancelled_upload_stays_as_it_was(owner_client, organization, owner):
    onboarding = uploaded(csv_of(people(1)), owner)
    jobs.cancel(onboarding.job, actor=owner.actor())
    page = owner_client.get(f"/onboarding/{onboarding.pk}/")
    assert page.status_code == 200
    assert "Cancelled" in page.content.decode()
    assert Onboarding.objects.get().job.status == JobStatus.CANCELLED


@pytest.mark.parametrize("rows", [5, 120])
def test_the_plan_needs_few_queries(rows, owner_client, synced, owner, django_assert_max_num_queries):
    onboarding = checked(csv_of(people(rows)), owner)
    with django_assert_max_num_queries(24):
        assert owner_client.get(f"/onboarding/{onboarding.pk}/").status_code == 200


def test_the_running_page_says_what_it_waits_for(owner_client, synced, owner, settings):
    settings.CLIQ_USERS_PER_CALL = 1
    job = carry_through(confirmed(checked(csv_of(people(8)), owner), owner))
    page = owner_client.get(job.onboarding.get_absolute_url()).content.decode()
    assert "Waiting for Zoho&#x27;s limit of 5 calls a minute." in page
    assert "<strong>3 calls</strong> to go, done at about" in page
    assert "You may close this page." in page


def test_the_rows_are_asked_for_again_when_they_have_changed(owner_client, synced, owner, settings):
    settings.CLIQ_USERS_PER_CALL = 1
    job = confirmed(checked(csv_of(people(8)), owner), owner)
    url = job.onboarding.get_absolute_url()
    rows = owner_client.get(url, headers={"HX-Request": "true", "HX-Target": "list"}).content.decode()
    assert 'hx-trigger="rows-changed from:body"' in rows
    asked = {"seen": "run-moving", "shown": "0.8.0.0.0"}
    assert "HX-Trigger" not in owner_client.get(f"{url}progress/", asked).headers
    carry_through(job)
    changed = owner_client.get(f"{url}progress/", asked)
    assert "rows-changed" in changed.headers["HX-Trigger"]
    assert "shown=5.3.0.0.0" in changed.content.decode()


def test_another_encoding_is_chosen_by_looking(owner_client, synced, owner):
    data = csv_of(["jm@zylker.com,Jürgen,Müller,,"]).decode().encode("cp1252")
    answer = send(owner_client, data)
    onboarding = Onboarding.objects.get()
    url = f"/onboarding/{onboarding.pk}/encoding/"
    assert answer.url == url
    assert owner_client.get(f"/onboarding/{onboarding.pk}/").url == url
    page = owner_client.get(url).content.decode()
    assert "Windows-1252 (Western European): jm@zylker.com,Jürgen,Müller" in page
    assert owner_client.post(url, {}).status_code == 422
    answer = owner_client.post(url, {"codec": "cp1252"})
    assert answer.url == f"/onboarding/{onboarding.pk}/columns/"
    onboarding = Onboarding.objects.get()
    assert (onboarding.phase, onboarding.sample[0][1]) == (Phase.COLUMNS, "Jürgen")
    services.check(onboarding, mapping=onboarding.mapping, actor=owner.actor())
    carry_through(onboarding.job)
    assert onboarding.job.rows.get().data["values"]["last_name"] == "Müller"


def test_a_workbook_from_upload_to_plan(owner_client, synced, owner):
    answer = send(owner_client, workbook_of([HEADER.split(","), ["joe@zylker.com", "Joe"]]), "people.xlsx")
    onboarding = Onboarding.objects.get()
    page = owner_client.get(answer.url).content.decode()
    assert "1 row in the sheet “People” of an Excel workbook." in page
    services.check(onboarding, mapping=onboarding.mapping, actor=owner.actor())
    carry_through(onboarding.job)
    onboarding = Onboarding.objects.get()
    assert (onboarding.counts, onboarding.rows_file) == ({"add": 1}, "")


def test_the_template_is_read_back(owner_client, synced, owner):
    data = b"".join(owner_client.get("/onboarding/template.xlsx").streaming_content)
    book = openpyxl.load_workbook(io.BytesIO(data))
    header = [cell.value for cell in book["People"][1]]
    assert header[:5] == HEADER.split(",")
    assert header[13:] == ["Language", "Work Shift", "Workplace Name"] or "Language" in header
    assert "Engineering" in [cell.value for cell in book["Lists"]["A"]]
    assert len(book["People"].data_validations.dataValidation) >= 5
    book["People"].append(["amy@zylker.com", "Amy", "Ray", "Engineering", "Web Developer"])
    held = io.BytesIO()
    book.save(held)
    onboarding = checked(held.getvalue(), owner, "people.xlsx")
    assert onboarding.counts == {"add": 1}
    assert len(onboarding.mapping) == len(header)


def test_the_nearest_name_is_taken_for_all_rows_at_once(owner_client, synced, owner):
    lines = [f"joiner{n}@zylker.com,J,{n},Enginering," for n in range(12)]
    onboarding = checked(csv_of([*lines, "extra.joiner@zylker.com,X,,Enginering,Web Develper"]), owner)
    url = f"/onboarding/{onboarding.pk}/"
    page = owner_client.get(url).content.decode()
    assert "Use Engineering for all 13 rows that say Enginering" in page
    assert "Use Web Developer for the row that says Web Develper" in page
    answer = owner_client.post(f"{url}read-as/", {"column": "department", "cell": "Enginering"})
    assert answer.url == url
    carry_through(onboarding.job)
    onboarding = Onboarding.objects.get()
    assert onboarding.counts == {"add": 12, "cannot": 1}
    page = owner_client.get(url).content.decode()
    assert "that say Enginering" not in page
    answer = owner_client.post(f"{url}read-as/", {"column": "department", "cell": "Enginering"})
    assert answer.status_code == 422
    owner_client.post(f"{url}read-as/", {"column": "designation", "cell": "Web Develper"})
    carry_through(onboarding.job)
    assert Onboarding.objects.get().counts == {"add": 13}


def test_columns_are_remembered_for_the_next_file(owner_client, synced, owner):
    onboarding = uploaded(csv_of(["a@zylker.com,Ann,Blue"], "Kontakt,Rufname,Farbe"), owner)
    assert onboarding.mapping == {}
    chosen = {"column_0": "email_id", "column_1": "first_name", "column_2": ""}
    owner_client.post(f"/onboarding/{onboarding.pk}/columns/", chosen)
    again = uploaded(csv_of(["Red,Bob,b@zylker.com"], "Farbe,rufname,KONTAKT"), owner)
    assert again.mapping == {"1": "first_name", "2": "email_id"}
    page = owner_client.get(f"/onboarding/{again.pk}/columns/").content.decode()
    assert "The columns are as chosen for the last file that had the same ones." in page


def test_the_plan_shows_each_change(owner_client, synced, owner):
    onboarding = uploaded(csv_of([f"{cast.ADMIN.email},Olive,,,"]), owner)
    chosen = {f"column_{index}": field for index, field in onboarding.mapping.items()}
    owner_client.post(f"/onboarding/{onboarding.pk}/columns/", {**chosen, "changes_people": "on"})
    carry_through(onboarding.job)
    url = f"/onboarding/{onboarding.pk}/"
    page = owner_client.get(url).content.decode()
    assert "Change 1 person" in page
    assert "Olivia</del>" in page
    assert "Olive</ins>" in page
    assert "<strong>2 calls</strong>" in page
    dialog = owner_client.get(f"{url}confirm/", headers={"HX-Request": "true"}).content.decode()
    assert "1 person who is there already is changed to what the file says." in dialog
    assert "are invited" not in dialog
