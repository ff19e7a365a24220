"""The connection page; connecting itself belongs to the accounts, which it signs in."""

from django.urls import path

from apps.connections.views import CheckView, ConnectionView

app_name = "connections"
urlpatterns = [
    path("connection/", ConnectionView.as_view(), name="connection"),
    path("connection/check/", CheckView.as_view(), name="check"),
]
