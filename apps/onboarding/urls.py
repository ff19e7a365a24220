"""The addresses of onboarding."""

from django.urls import URLPattern, path

from apps.onboarding import views

app_name = "onboarding"

urlpatterns: list[URLPattern] = [
    path("onboarding/", views.OnboardingList.as_view(), name="list"),
    path("onboarding/upload/", views.Upload.as_view(), name="upload"),
    path("onboarding/template.csv", views.Template.as_view(), name="template"),
    path("onboarding/template.xlsx", views.Workbook.as_view(), name="workbook"),
    path("onboarding/<int:pk>/", views.OnboardingPage.as_view(), name="onboarding"),
    path("onboarding/<int:pk>/progress/", views.Progress.as_view(), name="progress"),
    path("onboarding/<int:pk>/encoding/", views.Encoding.as_view(), name="encoding"),
    path("onboarding/<int:pk>/columns/", views.Columns.as_view(), name="columns"),
    path("onboarding/<int:pk>/check/", views.CheckAgain.as_view(), name="check"),
    path("onboarding/<int:pk>/read-as/", views.ReadAs.as_view(), name="read_as"),
    path("onboarding/<int:pk>/confirm/", views.Confirm.as_view(), name="confirm"),
    path("onboarding/<int:pk>/retry/", views.Retry.as_view(), name="retry"),
    path("onboarding/<int:pk>/erase/", views.Erase.as_view(), name="erase"),
    path("onboarding/<int:pk>/result.csv", views.ResultFile.as_view(), name="result"),
]
