"""Exit 0 if the portal on this machine answers as healthy: `python -m portal.healthcheck [PORT]`."""

import http.client
import sys
from urllib.parse import urlsplit

from portal.environment import env


def main(port: int) -> int:
    """Ask /health/ under the public name, the only one that the portal may accept."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", "/health/", headers={"Host": urlsplit(env("PUBLIC_URL")).netloc})
        return 0 if connection.getresponse().status == 200 else 1
    except (OSError, http.client.HTTPException):
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 8000))
