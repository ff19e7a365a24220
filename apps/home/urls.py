"""The dashboard."""

from django.urls import path

from apps.home.views import DashboardView

app_name = "home"
urlpatterns = [path("", DashboardView.as_view(), name="dashboard")]
