"""Users."""

from django.urls import path

from apps.directory import views

app_name = "directory"
urlpatterns = [
    path("users/", views.UsersView.as_view(), name="users"),
    path("users/read/", views.ReadView.as_view(), name="read"),
    path("users/suggest/", views.SuggestView.as_view(), name="suggest"),
    path("users/<str:cliq_id>/", views.UserView.as_view(), name="user"),
    path("users/<str:cliq_id>/facts/", views.FactsView.as_view(), name="facts"),
    path("users/<str:cliq_id>/edit/", views.EditView.as_view(), name="edit"),
]
