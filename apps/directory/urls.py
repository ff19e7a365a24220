"""Users, departments, designations, teams, user fields."""

from django.urls import path

from apps.directory import profile, views
from apps.directory.fields import layouts
from apps.directory.fields import views as fields
from apps.directory.placing.forms import DepartmentForm, DesignationForm, TeamForm
from apps.directory.placing.tables import DepartmentTable, PlacingTable, TeamMemberTable, TeamTable
from apps.directory.placing.urls import pages
from apps.directory.placing.views import BranchView
from apps.directory.services.departments import DEPARTMENTS
from apps.directory.services.designations import DESIGNATIONS
from apps.directory.services.teams import TEAMS

app_name = "directory"
urlpatterns = [
    path("users/", views.UsersView.as_view(), name="users"),
    path("users/read/", views.ReadView.as_view(), name="read"),
    path("users/suggest/", views.SuggestView.as_view(), name="suggest"),
    path("users/<str:cliq_id>/", views.UserView.as_view(), name="user"),
    path("users/<str:cliq_id>/facts/", views.FactsView.as_view(), name="facts"),
    path("users/<str:cliq_id>/teams/", views.TeamsView.as_view(), name="user_teams"),
    path("users/<str:cliq_id>/live/", profile.LiveView.as_view(), name="live"),
    path("users/<str:cliq_id>/picture/", profile.PictureView.as_view(), name="picture"),
    path("users/<str:cliq_id>/edit/", views.EditView.as_view(), name="edit"),
    path(
        "departments/<str:cliq_id>/below/", BranchView.as_view(placing=DEPARTMENTS), name="department_below"
    ),
    *pages(DEPARTMENTS, form=DepartmentForm, table=DepartmentTable),
    *pages(DESIGNATIONS, form=DesignationForm, table=PlacingTable),
    path("user-fields/", fields.FieldsView.as_view(), name="userfields"),
    path("user-fields/new/", fields.NewFieldView.as_view(), name="userfield_new"),
    path("user-fields/layouts/", layouts.LayoutsView.as_view(), name="layouts"),
    path("user-fields/layouts/facts/", layouts.FactsView.as_view(), name="layouts_facts"),
    path("user-fields/<str:cliq_id>/", fields.FieldView.as_view(), name="userfield"),
    path("user-fields/<str:cliq_id>/facts/", fields.FactsView.as_view(), name="userfield_facts"),
    path("user-fields/<str:cliq_id>/edit/", fields.EditFieldView.as_view(), name="userfield_edit"),
    path("user-fields/<str:cliq_id>/delete/", fields.DeleteFieldView.as_view(), name="userfield_delete"),
    *pages(TEAMS, form=TeamForm, table=TeamTable, member_table=TeamMemberTable),
]
