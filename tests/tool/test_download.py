"""The download command, against servers on this machine."""

from __future__ import annotations

import functools
import hashlib
import http.server
import socket
import threading

import pytest
from door import contents

from microgpt import download
from microgpt.cli import commands

LIST = b"emma\nolivia\nava\n" * 1000


class Server(http.server.BaseHTTPRequestHandler):
    """Answers by the name that is asked for."""

    def do_GET(self):
        if self.path == "/gone":
            self.send_error(404)
            return
        if self.path == "/loop":
            self.send_response(302)
            self.send_header("Location", "/loop")
            self.end_headers()
            return
        if self.path == "/local":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
            return
        self.send_response(200)
        if self.path in ("/list", "/short"):
            self.send_header("Content-Length", str(len(LIST)))
        self.end_headers()
        if self.path == "/list":
            self.wfile.write(LIST)
        elif self.path == "/short":
            self.wfile.write(LIST[: len(LIST) // 2])
        elif self.path == "/other":
            self.wfile.write(LIST[:-1] + b"x")
        elif self.path == "/endless":
            try:
                while True:
                    self.wfile.write(b"emma\n" * 10_000)
            except OSError:
                pass
        elif self.path == "/slow":
            threading.Event().wait(1.0)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def address():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def fetch(tool, folder, monkeypatch):
    """Run the command; the wanted SHA-256 is that of LIST."""
    wanted = hashlib.sha256(LIST).hexdigest()
    monkeypatch.setattr(commands, "download", functools.partial(download.download, sha256=wanted))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)

    def call(url, *more):
        return tool("data", "--download", "--url", url, *more)

    return call


def test_the_list_is_kept_when_it_is_the_right_one(fetch, folder, address):
    done = fetch(f"{address}/list")
    assert (done.code, done.err) == (0, "")
    assert (folder / "original-names.txt").read_bytes() == LIST
    assert sorted(contents(folder)) == ["original-names.txt", "words.txt"]


def test_out_says_where_it_goes_and_an_older_file_is_replaced(fetch, folder, address):
    (folder / "names.txt").write_text("old", encoding="utf-8")
    assert fetch(f"{address}/list", "--out", "names.txt").code == 0
    assert (folder / "names.txt").read_bytes() == LIST


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("gone", "the server says 404"),
        ("other", "gave another file: 16,000 bytes with SHA-256"),
        ("short", "broke off"),
        ("endless", "too large"),
        ("loop", "302"),
        ("local", "302"),
        ("slow", "no answer within"),
    ],
)
def test_anything_else_leaves_nothing_behind(fetch, folder, address, monkeypatch, name, words):
    monkeypatch.setattr(download, "PATIENCE", 0.3)
    (folder / "names.txt").write_text("old", encoding="utf-8")
    before = contents(folder)
    done = fetch(f"{address}/{name}", "--out", "names.txt")
    assert (done.code, done.out, done.is_one_line()) == (2, "", True)
    assert words in done.err
    assert contents(folder) == before


def test_without_a_network_it_says_so(fetch, folder):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        before = contents(folder)
        done = fetch(f"http://127.0.0.1:{port}/list")
    assert (done.code, done.is_one_line()) == (2, True)
    assert "refused" in done.err
    assert "network" in done.err
    assert contents(folder) == before


@pytest.mark.parametrize("url", ["http://", "http://[", "http://a b/", "ftp://127.0.0.1/x", "\x1b"])
def test_an_address_that_is_none(fetch, folder, url):
    done = fetch(url)
    assert (done.code, done.is_one_line()) == (2, True)


def test_the_original_list_is_the_one_that_is_promised():
    wanted = "0a30b5557f192f32ab962680889aac5f6fda0f4cecf40a6d0b5694f58ea8cc4d"
    assert wanted == download.ORIGINAL_SHA256
    assert download.ORIGINAL_URL.startswith("https://raw.githubusercontent.com/karpathy/makemore/")
