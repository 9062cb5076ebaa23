"""A tool server made with the official SDK, on the loopback interface.

    sdk_server.py [--json] [--stateless] [--token TOKEN]

Prints its port, and serves until its standard input is closed.
"""

import argparse
import os
import socket
import sys
import threading

import uvicorn
from mcp.server.mcpserver import MCPServer
from starlette.responses import PlainTextResponse

options = argparse.ArgumentParser()
options.add_argument("--json", action="store_true")
options.add_argument("--stateless", action="store_true")
options.add_argument("--token")
options = options.parse_args()

server = MCPServer("strangers' tools", log_level="CRITICAL")


@server.tool()
def add(first: int, second: int) -> int:
    """Adds two whole numbers."""
    return first + second


@server.tool()
def headline(symbol: str) -> str:
    """Says what the news say of a ticker."""
    return f"{symbol} rises\nand falls: é 中"


@server.tool()
def long(count: int) -> str:
    """Says a lot."""
    return "é" * count


@server.tool()
def fail() -> str:
    """Never works."""
    raise ValueError("the tool is out of order")


app = server.streamable_http_app(json_response=options.json, stateless_http=options.stateless)


async def door(scope, receive, send):
    """Lets only those in who know the token."""
    headers = dict(scope.get("headers", []))
    if scope["type"] == "http" and headers.get(b"authorization") != f"Bearer {options.token}".encode():
        await PlainTextResponse("who are you?", status_code=401)(scope, receive, send)
    else:
        await app(scope, receive, send)


def wait_for_the_end():
    sys.stdin.read()
    os._exit(0)


listener = socket.create_server(("127.0.0.1", 0))
threading.Thread(target=wait_for_the_end, daemon=True).start()
print(listener.getsockname()[1], flush=True)
uvicorn.Server(uvicorn.Config(door if options.token else app, log_level="critical")).run(sockets=[listener])
