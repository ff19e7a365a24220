"""`/userfields`: list and one."""


def test_the_list_stands_under_list(admin):
    reply = admin.get("/userfields").json()
    assert (set(reply), reply["url"]) == ({"url", "list"}, "/api/v2/userfields")
    custom = [field["unique_name"] for field in reply["list"] if not field["system_defined"]]
    assert custom == ["workshift", "workplace_name", "dateofjoining", "employmenttype"]
    assert not any(field["mandatory"] for field in reply["list"])


def test_one_works(admin):
    fields = {field["unique_name"]: field for field in admin.get("/userfields").json()["list"]}
    field = fields["employmenttype"]
    reply = admin.get(f"/userfields/{field['id']}").json()
    assert reply == {"url": f"/api/v2/userfields/{field['id']}", "data": field}
    assert (field["type"], field["default_value"], field["encrypted"]) == ("drop_down", "-", False)
    assert [option["name"] for option in field["options"]] == [
        "Permanent",
        "Fixed term",
        "Contractor",
        "Intern",
    ]


def test_it_refuses_an_unknown_one(admin):
    assert admin.get("/userfields/7").status_code == 400
