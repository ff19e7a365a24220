"""The pages of onboarding."""

from apps.onboarding.views.acts import CheckAgain, Confirm, ReadAs
from apps.onboarding.views.files import ResultFile, Template, Workbook
from apps.onboarding.views.onboarding import OnboardingList, OnboardingPage, Progress
from apps.onboarding.views.upload import Columns, Encoding, Upload

__all__ = [
    "CheckAgain",
    "Columns",
    "Confirm",
    "Encoding",
    "OnboardingList",
    "OnboardingPage",
    "Progress",
    "ReadAs",
    "ResultFile",
    "Template",
    "Upload",
    "Workbook",
]
