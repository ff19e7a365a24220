"""Jobs."""

from django.urls import path

from apps.jobs import views

app_name = "jobs"
urlpatterns = [
    path("jobs/", views.JobsView.as_view(), name="jobs"),
    path("jobs/<int:pk>/", views.JobView.as_view(), name="job"),
    path("jobs/<int:pk>/progress/", views.JobProgressView.as_view(), name="progress"),
    path("jobs/<int:pk>/rows/", views.RowsView.as_view(), name="rows"),
    path("jobs/<int:pk>/pause/", views.PauseView.as_view(), name="pause"),
    path("jobs/<int:pk>/resume/", views.ResumeView.as_view(), name="resume"),
    path("jobs/<int:pk>/cancel/", views.CancelView.as_view(), name="cancel"),
]
