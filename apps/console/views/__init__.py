"""The generic views: a page of a domain app is one of these with a few attributes."""

from .actions import ActionView
from .base import ConsoleView, PageView
from .detail import DetailView
from .files import DownloadView
from .forms import FormView
from .fragments import FragmentView
from .keyset import KeysetListView
from .lists import EmptyState, ListView
from .matrix import MatrixFreshView, MatrixView, OfMatrix
from .waiting import Queued

__all__ = [
    "ActionView",
    "ConsoleView",
    "DetailView",
    "DownloadView",
    "EmptyState",
    "FormView",
    "FragmentView",
    "KeysetListView",
    "ListView",
    "MatrixFreshView",
    "MatrixView",
    "OfMatrix",
    "PageView",
    "Queued",
]
