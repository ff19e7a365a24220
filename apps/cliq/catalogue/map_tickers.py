"""Tickers on a widget's map; the reference and the OpenAPI file spell their scope in two ways."""

from apps.cliq.catalogue.endpoint import Endpoint

ENDPOINTS = (
    Endpoint(
        name="map_tickers.update",
        method="PUT",
        path="/api/v2/widgets/{widget_id}/maps/{map_id}",
        scopes=("ZohoCliq.Applications.update", "ZohoCliq.Applications.UPDATE"),
        quota=100,
        source="maptickers.yml; v2-rest-api.txt:4118",
    ),
    Endpoint(
        name="map_tickers.delete",
        method="DELETE",
        path="/api/v2/widgets/{widget_id}/maps/{map_id}",
        scopes=("ZohoCliq.Applications.update", "ZohoCliq.Applications.UPDATE"),
        quota=100,
        source="maptickers.yml; v2-rest-api.txt:4139",
    ),
    Endpoint(
        name="map_tickers.update_of_extension",
        method="PUT",
        path="/api/v2/extensions/widgets/maps/{map_id}",
        scopes=("ZohoCliq.Applications.update",),
        quota=100,
        source="v2-rest-api.txt:4119",
    ),
    Endpoint(
        name="map_tickers.delete_of_extension",
        method="DELETE",
        path="/api/v2/extensions/widgets/maps/{map_id}",
        scopes=("ZohoCliq.Applications.update",),
        quota=100,
        source="v2-rest-api.txt:4140",
    ),
)
