"""The front of a web process: takes every request at once, lets a few in at a time, sends the rest away kindly.

The server (granian) holds thousands of connections, Django answers a few at a time. Between them a request waits here
in the order of arrival, where waiting costs no thread: no more of them than `env.queue()`, and none longer than
`LONGEST_WAIT`. Whoever finds the queue full or waited too long gets 503 with Retry-After and a small page made without
the database; nothing of what they sent was begun. The health page and static files have lanes of their own, so that
they never stand behind pages. A request is read whole before it takes its turn and a download is poured by a thread of
its own: a slow phone keeps nobody waiting.
"""

import asyncio
import contextvars
import logging
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.db import close_old_connections
from granian.rsgi import ProtocolClosed  # type: ignore[attr-defined]  # its documented place

from rembuk.config import busy, env
from rembuk.config.environ import environ_of
from rembuk.config.wsgi import application as django

LONGEST_WAIT = 45.0
LANES = {"/sehat/": 1, "/static/": 1, "": 4}
"""Beginning of an address -> threads. Few: SQLite has one writer, and pages are short."""
STREAMS = 8
IN_MEMORY, LARGEST, WHOLE = 64 * 1024, 64 * 1024 * 1024, 1024 * 1024
"""Bytes: a request on disk from there on, a request refused, an answer sent in one piece."""
READING, STALLED = 900.0, 120.0
"""Seconds in which a request must have come in whole, and in which a reader must take the next piece of an answer."""
Headers = list[tuple[str, str]]
log = logging.getLogger("rembuk.front")


@dataclass(slots=True)
class Answer:
    """What Django made of a request: bytes, or parts that are still to be made (`parts` is set, and to be closed)."""

    status: int
    headers: Headers
    body: bytes = b""
    parts: "Iterable[bytes] | None" = None
    context: contextvars.Context | None = None
    worked: float = 0.0


class Lane:
    """Some threads and the requests that wait for them. inside: waiting or at work; counted by the loop alone."""

    def __init__(self, name: str, threads: int, most: int) -> None:
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix=f"lane{name}")
        self.threads, self.most, self.inside = threads, most, 0

    @property
    def full(self) -> bool:
        return self.inside >= self.threads + self.most


class Front:
    """An RSGI application around a WSGI one. most: how many requests may wait, in each process."""

    def __init__(self, app: Callable[..., Iterable[bytes]], most: int, longest_wait: float = LONGEST_WAIT) -> None:
        self.app, self.longest_wait = app, longest_wait
        self.lanes = {start: Lane(start.strip("/"), threads, most) for start, threads in LANES.items()}
        self.streams = ThreadPoolExecutor(STREAMS, thread_name_prefix="stream")

    def __rsgi_del__(self, _loop: asyncio.AbstractEventLoop) -> None:
        """Let nobody in any more; who is at work ends, who waits is sent away by the closing connection."""
        for pool in (self.streams, *(lane.pool for lane in self.lanes.values())):
            pool.shutdown(wait=False, cancel_futures=True)

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        lane = next(lane for start, lane in self.lanes.items() if scope.path.startswith(start))
        try:
            if lane.full:
                refuse(proto)
                return
            with SpooledTemporaryFile(IN_MEMORY) as body:
                if not await read(proto, scope, body):
                    proto.response_bytes(413, list(busy.HEADERS), busy.TOO_LARGE)
                    return
                await self.take_turn(lane, scope, proto, body)
        except (ProtocolClosed, TimeoutError):
            return  # the reader has gone

    async def take_turn(self, lane: Lane, scope: Any, proto: Any, body: IO[bytes]) -> None:
        """Wait for a thread of the lane, have the request answered there, and send the answer."""
        arrived = time.monotonic()
        environ = environ_of(scope, body)
        lane.inside += 1
        try:
            answer = await asyncio.get_running_loop().run_in_executor(lane.pool, self.work, environ, arrived)
        finally:
            lane.inside -= 1
        if answer is None:
            refuse(proto)
            return
        if not scope.path.startswith("/static/"):
            waited = time.monotonic() - arrived - answer.worked
            timing = f"antre;dur={waited * 1000:.1f}, kerja;dur={answer.worked * 1000:.1f}"
            answer.headers.append(("server-timing", timing))
        if answer.parts is not None:
            await asyncio.get_running_loop().run_in_executor(
                self.streams, pour, answer, proto, asyncio.get_running_loop()
            )
        elif answer.body:
            proto.response_bytes(answer.status, answer.headers, answer.body)
        else:
            proto.response_empty(answer.status, answer.headers)

    def work(self, environ: dict[str, Any], arrived: float) -> Answer | None:
        """Answer a request in a thread of a lane; None when it has waited too long."""
        began = time.monotonic()
        if began - arrived > self.longest_wait:
            return None
        try:
            answer = answer_of(self.app, environ)
        except Exception:
            log.exception("no answer to %s", environ["PATH_INFO"])
            answer = Answer(500, list(busy.HEADERS), busy.BROKEN)
        answer.worked = time.monotonic() - began
        return answer


def refuse(proto: Any) -> None:
    proto.response_bytes(503, list(busy.BUSY_HEADERS), busy.BUSY)


async def read(proto: Any, scope: Any, body: IO[bytes]) -> bool:
    """Read a request's body, from disk when it is large; return whether it is small enough to be taken.

    Raises: TimeoutError when it does not come.
    """
    size = 0
    async with asyncio.timeout(READING):
        async for chunk in proto:
            size += len(chunk)
            if size > LARGEST:
                return False
            body.write(chunk)
    return True


def answer_of(app: Callable[..., Iterable[bytes]], environ: dict[str, Any]) -> Answer:
    """Call a WSGI application; what is small comes whole, what is large or of unknown length is left to be poured."""
    told: list[Any] = []

    def start(status: str, headers: Headers, _error: Any = None) -> None:
        told[:] = [int(status.split(" ", 1)[0]), headers]

    parts = app(environ, start)
    status, headers = told[0], list(told[1])
    if getattr(parts, "streaming", False) and length_of(headers) > WHOLE:
        # The language of the answer goes along; the connection to the database stays with its thread.
        close_old_connections()
        return Answer(status, headers, parts=parts, context=contextvars.copy_context())
    try:
        return Answer(status, headers, b"".join(parts))
    finally:
        close(parts)


def length_of(headers: Headers) -> float:
    """Return the stated length of an answer, infinite when none is stated."""
    return next((float(value) for name, value in headers if name.lower() == "content-length"), float("inf"))


def pour(answer: Answer, proto: Any, loop: asyncio.AbstractEventLoop) -> None:
    """Send the parts of an answer as fast as its reader takes them; at most one is in memory."""
    assert answer.context is not None
    answer.context.run(pour_parts, answer, proto, loop)


def pour_parts(answer: Answer, proto: Any, loop: asyncio.AbstractEventLoop) -> None:
    parts = answer.parts or ()
    try:
        transport = asyncio.run_coroutine_threadsafe(opened(proto, answer), loop).result(STALLED)
        for part in parts:
            asyncio.run_coroutine_threadsafe(give(transport, bytes(part)), loop).result(STALLED)
    except Exception as error:
        # The reader sees a file that breaks off, which is all that can be told once it has begun.
        if not isinstance(error, (ProtocolClosed, TimeoutError)):
            log.exception("an answer broke off")
    finally:
        close(parts)


async def opened(proto: Any, answer: Answer) -> Any:
    return proto.response_stream(answer.status, answer.headers)


async def give(transport: Any, part: bytes) -> None:
    await transport.send_bytes(part)


def close(parts: Iterable[bytes]) -> None:
    ending = getattr(parts, "close", None)
    if ending is not None:
        ending()


application = Front(django, env.queue())
