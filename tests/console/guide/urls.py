"""The style guide's pages."""

from django.urls import include, path

from . import views

handler400 = "apps.console.errors.handler400"
handler403 = "apps.console.errors.handler403"
handler404 = "apps.console.errors.handler404"
handler500 = "apps.console.errors.handler500"

pages = [
    path("", views.People.as_view(), name="people"),
    path("people/<int:pk>/", views.OnePerson.as_view(), name="person"),
    path("people/<int:pk>/edit/", views.EditPerson.as_view(), name="edit"),
    path("people/<int:pk>/remove/", views.RemovePerson.as_view(), name="remove"),
    path("nothing/", views.Nothing.as_view(), name="nothing"),
    path("log/", views.Log.as_view(), name="log"),
    path("form/", views.EditPerson.as_view(), {"pk": 5}, name="form"),
    path("plan/", views.Plan.as_view(), name="plan"),
    path("job/", views.JobPage.as_view(), name="job"),
    path("job/progress/", views.JobProgress.as_view(), name="job_progress"),
    path("pieces/", views.Pieces.as_view(), name="pieces"),
    path("download/", views.Download.as_view(), name="download"),
    path("sign-in/", views.SignIn.as_view(), name="sign_in"),
    path("connection/", views.SignIn.as_view(), name="signin_card"),
    path("broken/", views.broken, name="broken"),
    path("bad/", views.bad, name="bad"),
]
urlpatterns = [path("", include((pages, "guide")))]
