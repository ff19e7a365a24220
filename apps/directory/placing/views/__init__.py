"""Pages about departments and designations: the same pages with another `placing`."""

from .picking import AddView, TakeOutView
from .reading import BranchView, FactsView, PlacingsView, PlacingView
from .writing import DeleteView, EditView, NewView

__all__ = [
    "AddView",
    "BranchView",
    "DeleteView",
    "EditView",
    "FactsView",
    "NewView",
    "PlacingView",
    "PlacingsView",
    "TakeOutView",
]
