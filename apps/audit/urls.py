"""The log."""

from django.urls import path

from apps.audit import views

app_name = "audit"
urlpatterns = [
    path("log/", views.LogView.as_view(), name="log"),
    path("log/check/", views.CheckView.as_view(), name="check"),
    path("log/open/", views.OpenOperationsView.as_view(), name="open"),
    path("log/open/<uuid:pk>/", views.SettleView.as_view(), name="settle"),
    path("log/<int:seq>/", views.EventView.as_view(), name="event"),
]
