"""The pages of onboarding."""

from apps.onboarding.views.acts import CheckAgain, Confirm, Erase, ReadAs, Retry
from apps.onboarding.views.files import ResultFile, Template, Workbook
from apps.onboarding.views.onboarding import OnboardingList, OnboardingPage, Progress
from apps.onboarding.views.upload import Columns, Encoding, Upload

__all__ = [
    "CheckAgain",
    "Columns",
    "Confirm",
    "Encoding",
    "Erase",
    "OnboardingList",
    "OnboardingPage",
    "Progress",
    "ReadAs",
    "ResultFile",
    "Retry",
    "Template",
    "Upload",
    "Workbook",
]
