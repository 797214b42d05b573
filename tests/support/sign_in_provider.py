"""A provider of sign-in (OpenID Connect) for tests, on this machine only: `python -m tests.support.sign_in_provider PORT`.

Whoever is named last at /next?email=... is the one who signs in next. Discovery, authorization, token and keys are real;
the token is signed, and the server under test checks it as it checks a district's.
"""

from __future__ import annotations

import secrets
import sys
import time
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse
from starlette.routing import Route

KEY = RSAKey.generate_key(2048, {"kid": "tests", "use": "sig", "alg": "RS256"})
CLIENT, SECRET = "ot-staffing-tests", "not-a-secret"


def provider(issuer: str) -> Starlette:
    """The provider at this address."""
    coming: dict[str, str] = {"email": "nobody@district.example"}
    given: dict[str, tuple[str | None, str]] = {}

    async def discovery(request: Request) -> JSONResponse:
        told = {
            name: issuer + path
            for name, path in (
                ("authorization_endpoint", "/authorize"),
                ("token_endpoint", "/token"),
                ("jwks_uri", "/keys"),
                ("userinfo_endpoint", "/who"),
            )
        }
        lists = {
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid", "email", "profile"],
        }
        return JSONResponse({"issuer": issuer, **told, **lists})

    async def who_comes(request: Request) -> PlainTextResponse:
        coming["email"] = request.query_params["email"]
        return PlainTextResponse("")

    async def authorize(request: Request) -> RedirectResponse:
        asked, code = request.query_params, secrets.token_hex(16)
        given[code] = (asked.get("nonce"), coming["email"])
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    async def token(request: Request) -> JSONResponse:
        nonce, email = given.pop(str((await request.form())["code"]))
        now = int(time.time())
        claims = {"iss": issuer, "aud": CLIENT, "sub": email, "iat": now, "exp": now + 600, "nonce": nonce}
        signed = jwt.encode(
            {"alg": "RS256", "kid": "tests"}, {**claims, "email": email, "roles": ["administrator"]}, KEY
        )
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "expires_in": 600, "id_token": signed})

    async def keys(request: Request) -> JSONResponse:
        return JSONResponse({"keys": [KEY.as_dict(private=False)]})

    return Starlette(
        routes=[
            Route("/.well-known/openid-configuration", discovery),
            Route("/next", who_comes),
            Route("/authorize", authorize),
            Route("/token", token, methods=["POST"]),
            Route("/keys", keys),
        ]
    )


if __name__ == "__main__":
    port = int(sys.argv[1])
    uvicorn.run(provider(f"http://127.0.0.1:{port}"), host="127.0.0.1", port=port, log_level="warning")
