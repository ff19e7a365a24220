"""Records of Cliq databases.

Zoho takes the second scope in place of the first; both are printed.
"""

from apps.cliq.catalogue.endpoint import Endpoint

ENDPOINTS = (
    # Criteria, range and start token are parameters of this one operation.
    Endpoint(
        name="databases.list",
        method="GET",
        path="/api/v2/storages/{name}/records",
        scopes=("ZohoCliq.StorageData.READ", "ZohoCliq.StorageData.ALL"),
        quota=30,
        paging="start_token",
        source="databases.yml; v2-rest-api.txt:3952",
    ),
    Endpoint(
        name="databases.get",
        method="GET",
        path="/api/v2/storages/{name}/records/{id}",
        scopes=("ZohoCliq.StorageData.READ", "ZohoCliq.StorageData.ALL"),
        quota=30,
        source="databases.yml; v2-rest-api.txt:3936",
    ),
    Endpoint(
        name="databases.create",
        method="POST",
        path="/api/v2/storages/{name}/records",
        scopes=("ZohoCliq.StorageData.CREATE", "ZohoCliq.StorageData.ALL"),
        quota=30,
        source="databases.yml; v2-rest-api.txt:3909",
    ),
    Endpoint(
        name="databases.update",
        method="PUT",
        path="/api/v2/storages/{name}/records/{id}",
        scopes=("ZohoCliq.StorageData.UPDATE", "ZohoCliq.StorageData.ALL"),
        quota=30,
        source="databases.yml; v2-rest-api.txt:4079",
    ),
    Endpoint(
        name="databases.delete",
        method="DELETE",
        path="/api/v2/storages/{name}/records/{id}",
        scopes=("ZohoCliq.StorageData.DELETE", "ZohoCliq.StorageData.ALL"),
        quota=30,
        source="databases.yml; v2-rest-api.txt:4099",
    ),
)
