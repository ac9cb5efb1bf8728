"""A client that calls the app in this process, through HTTP as a server would hand it over."""

import asyncio

import httpx
from fastapi import FastAPI


class Client:
    """httpx on the ASGI app; every call is a new event loop, so tests stay plain functions."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app

    def request(self, method: str, url: str, **options) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://onrecord.test") as client:
                return await client.request(method, url, **options)

        return asyncio.run(send())

    def get(self, url: str, **options) -> httpx.Response:
        return self.request("GET", url, **options)

    def post(self, url: str, **options) -> httpx.Response:
        return self.request("POST", url, **options)

    def delete(self, url: str, **options) -> httpx.Response:
        return self.request("DELETE", url, **options)

    def items(self, url: str, **parameters) -> list[dict]:
        answer = self.get(url, params=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]
