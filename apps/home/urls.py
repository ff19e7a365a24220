"""The dashboard and the search over everything."""

from django.urls import path

from apps.home.views import DashboardView, SearchView

app_name = "home"
urlpatterns = [
    path("", DashboardView.as_view(), name="dashboard"),
    path("search/", SearchView.as_view(), name="search"),
]
