"""What the seeded organisation is made of besides its people."""

CREATED = "2019-06-13T22:57:01-07:00"

# Name and the name of its parent; the first is the default department.
DEPARTMENTS = (
    ("Zylker Corp", ""),
    ("Engineering", "Zylker Corp"),
    ("Platform", "Engineering"),
    ("Mobile Apps", "Engineering"),
    ("Quality Assurance", "Engineering"),
    ("Marketing", "Zylker Corp"),
    ("Creative Writers", "Marketing"),
    ("Sales", "Zylker Corp"),
    ("Sales — EMEA", "Sales"),
    ("Sales — Asia Pacific", "Sales"),
    ("Zylker Support", "Zylker Corp"),
    ("Human Resources", "Zylker Corp"),
    ("Finance & Legal", "Zylker Corp"),
    ("Facilities", "Human Resources"),
)

DESIGNATIONS = (
    "Leadership Staff", "Web Developer", "Content Writer", "UX Designer", "iOS Developer",
    "Android Developer", "Site Reliability Engineer", "QA Engineer", "Engineering Manager", "Product Manager",
    "Marketing Executive", "Marketing Analyst", "Sales Executive", "Regional Sales Manager",
    "Support Specialist", "HR Partner", "Recruiter", "Accountant", "Legal Counsel", "Facilities Coordinator",
    "Intern",
)  # fmt: skip

# Unique name, name, type, searchable.
SYSTEM_FIELDS = (
    ("mobile", "Mobile", "text_field", True),
    ("work_location", "Seating Location", "text_field", True),
    ("email_id", "Email", "text_field", True),
    ("employee_id", "Employee ID", "text_field", True),
    ("department", "Department", "text_field", True),
    ("designation", "Designation", "text_field", True),
    ("extension", "Extension", "text_field", True),
    ("reportingto", "Reporting To", "text_field", False),
    ("country", "Country", "text_field", False),
    ("timezone", "Time Zone", "text_field", False),
    ("language", "Language", "text_field", False),
    ("phone", "Phone", "text_field", True),
    ("status", "Status", "text_field", False),
)

# Unique name, name, type, may people edit it themselves, options.
CUSTOM_FIELDS = (
    ("workshift", "Work Shift", "text_field", True, ()),
    ("workplace_name", "Workplace Name", "text_field", False, ()),
    ("dateofjoining", "Date of Joining", "date_picker", False, ()),
    (
        "employmenttype",
        "Employment Type",
        "drop_down",
        False,
        ("Permanent", "Fixed term", "Contractor", "Intern"),
    ),
)

# Name, type, description, is default, what its permissions change of its type's.
ROLES: tuple[tuple[str, str, str, bool, dict[str, object]], ...] = (
    ("Admin", "Admin", "", True, {}),
    ("Members", "Members", "", True, {}),
    ("Cliq Admin", "Cliq Admin", "Runs channels and bots, not the organisation", False, {}),
    (
        "Interns",
        "Members",
        "Cannot create channels",
        False,
        {
            "org_channels": {"actions": {"create": "disabled"}},
            "team_channels": {"actions": {"create": "disabled"}},
            "external_channels": {"status": "disabled"},
        },
    ),
)

# Layout sections: label, unique name, fields.
SECTIONS = (
    (
        "Work",
        "work_info",
        ("designation", "department", "reportingto", "work_location", "employee_id", "status"),
    ),
    ("Contact", "contact_info", ("phone", "mobile", "email_id", "extension")),
)
LAYOUTS = ("quick_view", "profile_details_web", "profile_details_android", "profile_details_ios")

MAIL = {
    "email_id": "noreply@zylker.com",
    "name": "Zylker Cliq",
    "dkim_value": "k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCr6KMgdxxgg7oT3ulMwPJs9RXgXDrI9UWU118p",
    "dkim_status": "not_verified",
    "dkim_host": "1522905413783._domainkey.zylker.com",
    "cname_status": "not_verified",
}
