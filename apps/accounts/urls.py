"""Set-up, sign-in, sessions, administrators."""

from django.urls import path

from apps.accounts.views import administrators, connecting, lists, sessions, setup, signing

app_name = "accounts"
urlpatterns = [
    path("setup/", setup.SetupView.as_view(), name="setup"),
    path("connection/connect/", connecting.connect, name="connect"),
    path("connection/callback/", connecting.connected, name="connected"),
    path("sign-in/", signing.SignInView.as_view(), name="sign_in"),
    path("sign-out/", signing.sign_out, name="sign_out"),
    path("sessions/", sessions.SessionsView.as_view(), name="sessions"),
    path("sessions/others/end/", sessions.EndOtherSessionsView.as_view(), name="end_other_sessions"),
    path("sessions/<int:pk>/end/", sessions.EndSessionView.as_view(), name="end_session"),
    path("lists/columns/", lists.ColumnsView.as_view(), name="list_columns"),
    path("lists/filters/new/", lists.SaveFilterView.as_view(), name="filter_new"),
    path("lists/filters/<int:pk>/rename/", lists.RenameFilterView.as_view(), name="filter_rename"),
    path("lists/filters/<int:pk>/delete/", lists.DeleteFilterView.as_view(), name="filter_delete"),
    path("administrators/", administrators.AdministratorsView.as_view(), name="administrators"),
    path("administrators/admit/", administrators.AdmitView.as_view(), name="admit"),
    path("administrators/<int:pk>/", administrators.AdministratorView.as_view(), name="administrator"),
    path("administrators/<int:pk>/role/", administrators.ChangeRoleView.as_view(), name="change_role"),
    path(
        "administrators/<int:pk>/sessions/end/",
        administrators.EndSessionsView.as_view(),
        name="end_sessions",
    ),
    path("administrators/<int:pk>/remove/", administrators.RemoveAdministratorView.as_view(), name="remove"),
]
