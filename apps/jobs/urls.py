"""Jobs."""

from django.urls import path

from apps.jobs import views
from apps.jobs.bulk import views as bulk

app_name = "jobs"
urlpatterns = [
    path("jobs/", views.JobsView.as_view(), name="jobs"),
    path("jobs/<int:pk>/", views.JobView.as_view(), name="job"),
    path("jobs/<int:pk>/progress/", views.JobProgressView.as_view(), name="progress"),
    path("jobs/<int:pk>/rows/", views.RowsView.as_view(), name="rows"),
    path("jobs/<int:pk>/pause/", views.PauseView.as_view(), name="pause"),
    path("jobs/<int:pk>/resume/", views.ResumeView.as_view(), name="resume"),
    path("jobs/<int:pk>/cancel/", views.CancelView.as_view(), name="cancel"),
    path("jobs/<int:pk>/plan/", bulk.PlanView.as_view(), name="plan"),
    path("jobs/<int:pk>/plan/progress/", bulk.PlanProgressView.as_view(), name="plan_progress"),
    path("jobs/<int:pk>/plan/again/", bulk.PlanAgainView.as_view(), name="plan_again"),
    path("jobs/<int:pk>/confirm/", bulk.ConfirmView.as_view(), name="confirm"),
    path("jobs/<int:pk>/retry/", bulk.RetryView.as_view(), name="retry"),
    path("plan/<slug:act>/", bulk.PlanActView.as_view(), name="plan_act"),
]
