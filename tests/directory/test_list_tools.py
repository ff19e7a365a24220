"""What a person does with a list: columns of their own, filters under a name, all of it as a file."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from apps.accounts.models import ListColumns, SavedFilter
from apps.audit.models import Event
from apps.connections.mirror import fold
from apps.core.permissions import PortalRole
from apps.directory.models import User
from apps.sandbox import cast
from tests.cast import administrator

USERS = "/users/"
COLUMNS, SAVE = "/lists/columns/", "/lists/filters/new/"
CSV, XLSX = "download=csv", "download=xlsx"


def headings(page):
    """The columns that the page shows."""
    return [str(column.header) for column in page.context["table"].columns if column.name != "select"]


def table(response):
    """A CSV file's rows, without the byte order mark."""
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def sheet(response):
    """The rows of a workbook's only sheet, and their cells."""
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    return list(book.active.iter_rows())


def exported():
    """The event of the last download."""
    return json.loads(Event.objects.filter(kind="list.exported").latest("seq").body)


class TestColumns:
    """`/lists/columns/`."""

    def test_it_works(self, synced, operator_client):
        """Chosen once, shown from then on; the name always."""
        chosen = {"path": "/users/?status=active", "columns": ["mobile", "country", "own_workshift"]}
        answer = operator_client.post(COLUMNS, chosen)
        assert (answer.status_code, answer["Location"]) == (302, "/users/?status=active")
        page = operator_client.get(USERS)
        assert headings(page) == ["Name", "Mobile", "Country", "Work Shift"]
        assert "India" in page.content.decode()

    def test_the_usual_ones_come_back(self, synced, operator_client):
        operator_client.post(COLUMNS, {"path": USERS, "columns": ["mobile"]})
        operator_client.post(COLUMNS, {"path": USERS, "columns": ["mobile"], "usual": "1"})
        page = operator_client.get(USERS)
        usual = ["Name", "Status", "Department", "Designation", "Employee ID", "Read"]
        assert headings(page) == usual
        assert not ListColumns.objects.exists()

    def test_an_address_carries_them(self, synced, operator_client, owner_client):
        """For somebody else to open; what they chose themselves stays."""
        operator_client.post(COLUMNS, {"path": USERS, "columns": ["mobile"]})
        link = operator_client.get(USERS).context["columns_link"]
        assert link == "http://testserver/users/?columns=mobile"
        assert headings(owner_client.get(link)) == ["Name", "Mobile"]
        assert "Mobile" not in headings(owner_client.get(USERS))

    def test_they_are_each_persons_own(self, synced, operator_client, owner_client):
        operator_client.post(COLUMNS, {"path": USERS, "columns": ["mobile"]})
        assert "Mobile" not in headings(owner_client.get(USERS))

    def test_what_is_gone_is_passed_over(self, synced, operator_client):
        """A field that was deleted in Zoho; where nothing is left, the usual ones."""
        operator_client.post(COLUMNS, {"path": USERS, "columns": ["own_gone", "<b>"]})
        assert "Status" in headings(operator_client.get(USERS))

    @pytest.mark.parametrize("path", ["", "//evil.example/users/", "/connection/", "https://evil.example/x/"])
    def test_it_leads_nowhere_else(self, synced, operator_client, path):
        """Only to a list of the portal."""
        answer = operator_client.post(COLUMNS, {"path": path, "columns": ["mobile"]})
        assert answer.status_code == 404 or answer["Location"] == USERS

    def test_a_list_one_may_not_see_keeps_nothing(self, synced, approver_client):
        assert approver_client.post(COLUMNS, {"path": "/log/", "columns": ["seq"]}).status_code == 403


class TestSavedFilters:
    """`/lists/filters/`."""

    @pytest.fixture
    def saved(self, synced, operator_client):
        """Active people by name backwards, saved by the Operator."""
        path = "/users/?status=active&sort=-name&page=2"
        answer = operator_client.post(f"{SAVE}?path={path.replace('&', '%26')}", {"name": "Tamil Nadu"})
        assert answer["Location"] == "/users/?status=active&sort=-name"
        return SavedFilter.objects.get()

    def test_it_works(self, saved, operator_client):
        """Search, filters and sorting, not the page; one click away."""
        assert saved.query == "status=active&sort=-name"
        page = operator_client.get("/users/?sort=-name&status=active")
        assert "Saved as “Tamil Nadu”: it stands under Saved filters." in page.content.decode()
        (named,) = page.context["named"]
        assert (named["name"], named["url"], named["current"]) == (
            "Tamil Nadu",
            "?status=active&sort=-name",
            True,
        )
        assert page.context["naming_url"] == ""

    def test_a_name_stands_once(self, saved, operator_client):
        answer = operator_client.post(f"{SAVE}?path=/users/?q=amelia", {"name": "Tamil Nadu"})
        assert answer.status_code == 422
        assert "You have a filter called “Tamil Nadu” for this list already." in answer.content.decode()

    def test_nothing_is_nothing_to_save(self, synced, operator_client):
        assert operator_client.get(f"{SAVE}?path=/users/").status_code == 404
        assert operator_client.get(USERS).context["naming_url"] == ""

    def test_it_is_renamed_and_deleted(self, saved, operator_client):
        one = f"/lists/filters/{saved.pk}"
        answer = operator_client.post(f"{one}/rename/?path=/users/", {"name": "தமிழ்"})
        assert answer["Location"] == USERS
        assert SavedFilter.objects.get().name == "தமிழ்"
        same = operator_client.post(f"{one}/rename/?path=/users/", {"name": "தமிழ்"})
        assert "This filter is called “தமிழ்” already." in same.content.decode()
        asked = operator_client.get(f"{one}/delete/?path=/users/").content.decode()
        assert "“தமிழ்” no longer stands under your saved filters." in asked
        operator_client.post(f"{one}/delete/?path=/users/")
        assert not SavedFilter.objects.exists()

    def test_somebody_elses_is_not_there(self, saved, owner_client):
        for act in ("rename", "delete"):
            assert owner_client.get(f"/lists/filters/{saved.pk}/{act}/?path=/users/").status_code == 404
            posted = owner_client.post(f"/lists/filters/{saved.pk}/{act}/?path=/users/", {"name": "Mine"})
            assert posted.status_code == 404
        assert SavedFilter.objects.get().name == "Tamil Nadu"
        assert owner_client.get(USERS).context["named"] == []

    def test_it_belongs_to_its_list(self, saved, operator_client):
        assert operator_client.get("/roles/").context["named"] == []
        assert operator_client.get(f"/lists/filters/{saved.pk}/rename/?path=/roles/").status_code == 404


class TestDownload:
    """`?download=`."""

    @pytest.fixture
    def many(self, synced):
        """More people than a page holds."""
        template = User.objects.get(cliq_id=cast.MEMBER.zuid)
        for number in range(60):
            template.pk, template.cliq_id, template.email = None, f"9{number:06d}", f"p{number}@zylker.com"
            template.save(force_insert=True)

    def test_it_holds_what_is_filtered_and_sorted(self, many, operator_client):
        """All pages, the columns shown, in the order of the page; the log tells."""
        operator_client.post(COLUMNS, {"path": USERS, "columns": ["mobile", "own_workshift"]})
        answer = operator_client.get(f"/users/?status=active&sort=-name&{CSV}")
        assert answer.streaming
        assert answer["Content-Disposition"].startswith('attachment; filename="Users 20')
        head, *rows = table(answer)
        assert head == ["Name", "Address", "Mobile", "Work Shift"]
        active = User.objects.filter(status="active").order_by("-name_key", "-pk")
        assert len(rows) == active.count() > 60
        assert [row[1] for row in rows] == list(active.values_list("email", flat=True))
        body = exported()
        assert (body["actor_name"], body["subject_name"]) == ("Hannah Okafor", "Users")
        assert body["details"] == {
            "rows": len(rows),
            "format": "csv",
            "filters": ["Status: Active"],
            "sort": "-name",
            "columns": ["Name", "Mobile", "Work Shift"],
        }

    def test_a_search_counts_too(self, synced, operator_client):
        rows = table(operator_client.get(f"/users/?q=amelia&{CSV}"))
        assert len(rows) > 1
        assert all("amelia" in fold(f"{row[0]} {row[1]}") for row in rows[1:])
        assert exported()["details"]["filters"] == ["“amelia”"]

    def test_no_cell_is_a_formula(self, synced, operator_client):
        """Whatever a name begins with; numbers keep their zeros."""
        name = '=HYPERLINK("http://evil.example")'
        User.objects.filter(cliq_id=cast.MEMBER.zuid).update(name=name, employee_id="000123", mobile="+91 44")
        here = f"/users/?q={cast.MEMBER.email}&columns=employee_id,mobile&"
        assert table(operator_client.get(here + CSV))[1][::2] == [f"'{name}", "000123"]
        _, row = sheet(operator_client.get(here + XLSX))
        assert [(cell.value, cell.data_type) for cell in row] == [
            (name, "s"),
            (cast.MEMBER.email, "s"),
            ("000123", "s"),
            ("+91 44", "s"),
        ]

    def test_a_workbook_says_the_same(self, synced, operator_client):
        rows = sheet(operator_client.get(f"/users/?sort=-name&{XLSX}"))
        values = [["" if cell.value is None else cell.value for cell in row] for row in rows]
        assert values == table(operator_client.get(f"/users/?sort=-name&{CSV}"))
        assert rows[0][0].font.bold

    def test_a_workbook_has_an_end(self, synced, operator_client, monkeypatch):
        """A larger list is offered as CSV."""
        from apps.console import downloads

        small = downloads.Format("xlsx", "Excel", "x", downloads.FORMATS["xlsx"].write, most=10)
        monkeypatch.setitem(downloads.FORMATS, "xlsx", small)
        answer = operator_client.get(f"/users/?status=active&{XLSX}", follow=True)
        assert answer.redirect_chain == [("/users/?status=active", 302)]
        assert "An Excel file holds 10 rows at most, and these are" in answer.content.decode()
        assert not Event.objects.filter(kind="list.exported").exists()

    def test_who_may_not_is_not_offered_it(self, synced, approver_client, auditor_client):
        """The auditor takes; the approver is refused, and that is recorded."""
        assert "Download" in auditor_client.get(USERS).content.decode()
        assert auditor_client.get(f"/users/?{CSV}").status_code == 200
        assert "Download" not in approver_client.get(USERS).content.decode()
        refused = approver_client.get(f"/users/?{CSV}")
        assert refused.status_code == 403
        assert "may not download the lists they see as files" in refused.content.decode()
        assert Event.objects.latest("seq").kind == "permission.refused"

    @pytest.mark.parametrize(
        ("path", "head"),
        [
            ("/departments/", ["Name", "Lead", "Members", "Read"]),
            ("/designations/", ["Name", "Members", "Read"]),
            ("/roles/", ["Role", "Description", "Type", "People", "Made by", "Permissions read"]),
            ("/teams/", ["Name", "Description", "Members", "Read"]),
            (
                "/channels/",
                ["Channel", "Description", "Status", "Members", "Level", "Made by", "Last message"],
            ),
            (
                "/administrators/",
                ["Name", "Email", "Role in the portal", "Last sign-in", "Sessions", "Admitted"],
            ),
            ("/log/", ["What", "Outcome", "When", "Changed"]),
        ],
    )
    def test_every_list_has_it(self, synced, owner_client, path, head):
        found, *rows = table(owner_client.get(f"{path}?{CSV}"))
        assert found == head
        assert len(rows) == exported()["details"]["rows"] or path == "/log/"
        if path == "/administrators/":
            assert rows[0][2] == "Owner"

    def test_the_log_tells_more_if_asked(self, synced, owner_client):
        """Number, role, address, reason: what an auditor compares."""
        rows = table(owner_client.get(f"/log/?columns=seq,role,reason&kind=directory.synced&{CSV}"))
        assert rows[0] == ["What", "Number", "In the portal role", "Reason"]
        assert rows[1][0].endswith(" read Zylker Corp")


def test_the_removed_take_their_choices_along(synced, operator_client, operator):
    """Nothing of a person is left when their row goes."""
    somebody = administrator(PortalRole.AUDITOR, zuid="79", name="Gone", email="gone@zylker.com")
    SavedFilter.objects.create(administrator=somebody, view="directory:users", name="x", query="q=x")
    somebody.delete()
    assert not SavedFilter.objects.exists()
