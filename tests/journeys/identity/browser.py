"""A browser of an attacker at a provider: cookies, and addresses that it may change."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import requests


class Browser(requests.Session):
    """Knows the address of the portal, follows nothing by itself."""

    def __init__(self, portal: str) -> None:
        super().__init__()
        self.portal = portal

    def begin(self, provider: str = "pz", **more: str) -> str:
        """Begin to log in; the address of the provider."""
        address = f"{self.portal}/login/with/{provider}/"
        return self.get(address, params=more, allow_redirects=False).headers["Location"]

    def choose(self, address: str, who: str) -> str:
        """Be somebody at the provider; the address that leads back, not opened yet."""
        page = self.get(self.get(address).url, params={"sub": who}, allow_redirects=False)
        while "/back/" not in page.headers["Location"]:
            page = self.get(urljoin(page.url, page.headers["Location"]), allow_redirects=False)
        return page.headers["Location"]

    def open(self, address: str) -> requests.Response:
        """Open one address."""
        return self.get(address, allow_redirects=False)

    @property
    def is_in(self) -> bool:
        """Whether the account is open here."""
        return self.open(f"{self.portal}/identifier/").status_code == 200


def values(address: str) -> dict[str, str]:
    """The parameters of an address."""
    return {key: found[0] for key, found in parse_qs(urlsplit(address).query).items()}


def changed(address: str, **more: Any) -> str:
    """The address with other parameters; None takes one away."""
    kept = {key: value for key, value in {**values(address), **more}.items() if value is not None}
    return urlsplit(address)._replace(query=urlencode(kept)).geturl()
