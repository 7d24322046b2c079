"""Sign-in through the company's identity provider, against a provider of our own in a thread: discovery, code, token, claims."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from guimian.apps.organisation.models import Person

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CLIENT, SECRET = "guimian", "a-secret-of-the-test"


class Provider(HTTPServer):
    """What one run of the provider says of the person, and what it was asked."""

    number = "10000006"
    nonce = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def log_message(self, *_arguments: Any) -> None:
        """Says nothing."""

    def say(self, body: dict[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self) -> None:
        url = self.server.url
        if self.path.startswith("/.well-known/openid-configuration"):
            ends = {f"{name}_endpoint": f"{url}/{name}" for name in ("authorization", "token", "userinfo")}
            self.say({"issuer": url, "jwks_uri": f"{url}/jwks", **ends})
        elif self.path.startswith("/jwks"):
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            self.say({"keys": [{**public, "kid": "k", "use": "sig", "alg": "RS256"}]})
        else:
            self.say({"sub": f"s-{self.server.number}", "preferred_username": self.server.number})

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        claims = {"iss": self.server.url, "aud": CLIENT, "sub": f"s-{self.server.number}", "exp": 4_000_000_000, "iat": 0,
                  "preferred_username": self.server.number}  # fmt: skip
        token = jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "k"})
        self.say({"access_token": "a", "token_type": "Bearer", "id_token": token})


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    server = Provider(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    app = {"provider_id": "company", "name": "统一认证", "client_id": CLIENT, "secret": SECRET,
           "settings": {"server_url": server.url}}  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    yield server
    server.shutdown()
    server.server_close()


def round_trip(client: Client) -> Any:
    """From the button on our page to the provider and back."""
    away = client.post("/accounts/oidc/company/login/")
    assert away.status_code == 302
    asked = parse_qs(urlsplit(away["Location"]).query)
    assert asked["client_id"] == [CLIENT]
    assert asked["code_challenge_method"] == ["S256"]
    return client.get("/accounts/oidc/company/login/callback/", {"code": "c", "state": asked["state"][0]})


def test_the_button_is_there_when_a_provider_is_named(provider: Provider, teller: Person) -> None:
    assert "统一认证" in Client().get("/accounts/login/").content.decode()


def test_the_staff_number_of_the_provider_signs_in(provider: Provider, teller: Person) -> None:
    client = Client()
    assert round_trip(client).status_code == 302
    assert client.get("/u/K1/").status_code == 200
    assert Person.objects.get(socialaccount__uid=f"s-{teller.staff_number}") == teller
    again = Client()
    round_trip(again)
    assert again.get("/u/K1/").status_code == 200


@pytest.mark.parametrize("number", ["99999999", ""])
def test_an_unknown_number_is_turned_away_and_not_entered(provider: Provider, teller: Person, number: str) -> None:
    provider.number, before = number, Person.objects.count()
    client = Client(headers={"accept-language": "en"})
    answer = round_trip(client)
    assert answer.status_code == 403
    assert "does not know" in answer.content.decode()
    assert Person.objects.count() == before
    assert client.get("/u/K1/").status_code == 302


def test_who_has_left_is_turned_away(provider: Provider, teller: Person) -> None:
    Person.objects.filter(pk=teller.pk).update(is_active=False)
    assert round_trip(Client()).status_code == 403


def test_an_answer_nobody_asked_for_is_refused(provider: Provider, teller: Person) -> None:
    client = Client()
    client.get("/accounts/oidc/company/login/callback/", {"code": "c", "state": "forged"})
    assert client.get("/u/K1/").status_code == 302
