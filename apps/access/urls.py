"""Roles."""

from django.urls import path

from apps.access.views import compare, editing, people, permissions, roles

app_name = "access"
urlpatterns = [
    path("roles/", roles.RolesView.as_view(), name="roles"),
    path("roles/read/", roles.ReadView.as_view(), name="read"),
    path("roles/create/", editing.CreateView.as_view(), name="create"),
    path("roles/compare/", compare.CompareView.as_view(), name="compare"),
    path("roles/who/", compare.WhoView.as_view(), name="who"),
    path("roles/<str:cliq_id>/", roles.RoleView.as_view(), name="role"),
    path("roles/<str:cliq_id>/facts/", roles.FactsView.as_view(), name="facts"),
    path("roles/<str:cliq_id>/edit/", editing.EditView.as_view(), name="edit"),
    path("roles/<str:cliq_id>/delete/", editing.DeleteView.as_view(), name="delete"),
    path("roles/<str:cliq_id>/people/", people.PeopleView.as_view(), name="people"),
    path("roles/<str:cliq_id>/people/choose/", people.ChooseView.as_view(), name="choose"),
    path("roles/<str:cliq_id>/people/move/", people.MoveView.as_view(), name="move"),
    path("roles/<str:cliq_id>/people/remove/", people.RemoveView.as_view(), name="remove"),
    path("roles/<str:cliq_id>/permissions/", permissions.PermissionsView.as_view(), name="permissions"),
    path("roles/<str:cliq_id>/permissions/fresh/", permissions.FreshView.as_view(), name="fresh"),
]
