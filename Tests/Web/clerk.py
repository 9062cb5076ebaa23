"""The sign-in service that Clerk would be, played for one browser context."""

import base64
import json
import pathlib
import urllib.parse

host = "clerk.alex.example"
publishable_key = "pk_test_" + base64.b64encode(f"{host}$".encode()).decode()
script = (pathlib.Path(__file__).parent / "clerk_standin.js").read_text()


class Clerk:
    """Answers every request to its host: the script, the client, and hosted pages that sign in at once and lead back."""

    def __init__(self, context, token):
        self.token = token
        self.is_signed_in = False
        # Signed in, and no token to be had all the same.
        self.has_token = True
        self.requests = []
        context.route(f"https://{host}/**", self._answer)

    def _answer(self, route):
        parts = urllib.parse.urlsplit(route.request.url)
        self.requests.append((route.request.method, parts.path))
        if parts.path.startswith("/npm/"):
            route.fulfill(body=script, content_type="text/javascript", headers=shared)
        elif parts.path == "/v1/client":
            route.fulfill(body=json.dumps(self._client()), content_type="application/json", headers=shared)
        elif parts.path == "/v1/client/sign-out":
            self.is_signed_in = False
            route.fulfill(body="{}", content_type="application/json", headers=shared)
        elif parts.path in ("/sign-in", "/sign-up"):
            self.is_signed_in = True
            back = urllib.parse.parse_qs(parts.query)["redirect_url"][0]
            page = f"<!doctype html><title>Clerk</title><link rel=icon href=data:><a href='{back}'>Continue</a>"
            route.fulfill(body=page, content_type="text/html")
        else:
            route.fulfill(status=404)

    def _client(self):
        user = {"id": "user_local_ada", "fullName": "Ada at Clerk", "primaryEmailAddress": None}
        return {
            "user": user if self.is_signed_in else None,
            "jwt": self.token if self.is_signed_in and self.has_token else None,
        }


shared = {"Access-Control-Allow-Origin": "*"}
