"""The addresses of a resource that users belong to."""

from typing import Any

from django.urls import URLPattern, path

from apps.directory.placing import views
from apps.directory.placing.tables import MemberTable
from apps.directory.services.placing import Placing


def pages(placing: Placing, *, form: Any, table: Any, member_table: Any = MemberTable) -> list[URLPattern]:
    """Every page of one resource."""
    many, one, it = f"{placing.plural}/", placing.noun, f"{placing.plural}/<str:cliq_id>/"
    writes: dict[str, Any] = {"placing": placing, "permission": placing.edit}
    shown: dict[str, Any] = {"placing": placing, "member_table": member_table}
    fields = writes | {"form_class": form}
    return [
        path(many, views.PlacingsView.as_view(placing=placing, table_class=table), name=placing.plural),
        path(f"{many}new/", views.NewView.as_view(**fields), name=f"{one}_new"),
        path(it, views.PlacingView.as_view(**shown), name=one),
        path(f"{it}facts/", views.FactsView.as_view(**shown), name=f"{one}_facts"),
        path(f"{it}edit/", views.EditView.as_view(**fields), name=f"{one}_edit"),
        path(f"{it}members/add/", views.AddView.as_view(**writes), name=f"{one}_add"),
        path(f"{it}members/remove/", views.TakeOutView.as_view(**writes), name=f"{one}_take_out"),
        path(f"{it}delete/", views.DeleteView.as_view(**writes), name=f"{one}_delete"),
    ]
