"""Start the web server and the worker as one process tree, wait until a page answers, stop both together."""

import os
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from types import FrameType

from rembuk.cli.certificates import Certificates
from rembuk.cli.worker import worker_command

STARTUP_SECONDS = 60
MOST_CONNECTIONS = 5_000
OWN_FILES = 200
"""Files of a web process that are no connections: database, photos, requests on disk."""


def command(host: str, port: int, workers: int, secure: Certificates | None = None) -> list[str]:
    """Return the granian command: it takes many connections, `rembuk.config.front` lets a few in at a time.

    A connection that says nothing for ten seconds is closed, so that idle browsers keep nobody out.
    """
    return [
        sys.executable, "-m", "granian", "--interface", "rsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--backlog", "4096", "--backpressure", str(most_connections()), "--no-access-log",
        "--http1-header-read-timeout", "10000",
        "--log-level", "error", *secured(secure), "rembuk.config.front:application",
    ]  # fmt: skip


def most_connections() -> int:
    """Return how many connections a web process may hold, after asking for more open files than the usual 1,024."""
    if os.name != "posix":
        return MOST_CONNECTIONS
    import resource  # POSIX alone has it

    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + OWN_FILES
    now = wanted if most == resource.RLIM_INFINITY else min(most, max(now, wanted))
    resource.setrlimit(resource.RLIMIT_NOFILE, (now, most))
    return max(64, min(MOST_CONNECTIONS, now - OWN_FILES))


def secured(secure: Certificates | None) -> list[str]:
    if secure is None:
        return []
    # Old phones speak TLS 1.2.
    return ["--ssl-certificate", str(secure.chain), "--ssl-keyfile", str(secure.key), "--ssl-protocol-min", "tls1.2"]


def run_server(
    *,
    host: str,
    port: int,
    workers: int = 2,
    browser: bool = False,
    with_worker: bool = True,
    secure: Certificates | None = None,
) -> int:
    """Serve until interrupted. Prints ``Siap: http://HOST:PORT`` once a page answers; returns the exit code.

    secure: certificates of the office's own; the address is then https.
    """
    if port_is_taken(host, port):
        print(f"rembuk: porta {port} sedang dipakai program lain. Tambahkan --port dengan angka lain.", file=sys.stderr)
        return 2
    # In a session of their own: Ctrl+C reaches this process alone, which then stops them one after the other. Told by
    # both the terminal and us, the web server hangs and leaves its workers behind on the port.
    children = [subprocess.Popen(command(host, port, workers, secure), env=os.environ.copy(), start_new_session=True)]
    if with_worker:
        children.append(subprocess.Popen(worker_command(), env=os.environ.copy(), start_new_session=True))
    signal.signal(signal.SIGTERM, stop_on_signal)
    try:
        scheme = "https" if secure else "http"
        address = f"{scheme}://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104
        if not answers(address, children[0], secure):
            print("rembuk: peladen tidak menjawab; lihat pesan di atas. Data tidak berubah.", file=sys.stderr)
            return 1
        print(f"Siap: {address}", flush=True)
        if browser:
            webbrowser.open(address)
        return children[0].wait()
    except KeyboardInterrupt:
        print("Berhenti.")
        return 0
    finally:
        stop(children)


def stop_on_signal(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def port_is_taken(host: str, port: int) -> bool:
    import socket  # only here

    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1" if host == "0.0.0.0" else host, port)) == 0  # noqa: S104


def answers(address: str, child: "subprocess.Popen[bytes]", secure: Certificates | None = None) -> bool:
    """Wait until the health page answers, the child dies, or a minute has passed."""
    trusting = ssl.create_default_context(cafile=str(secure.authority)) if secure else None
    if trusting:
        trusting.check_hostname = False  # the certificate may name the office's address alone
    until = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < until and child.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/sehat/", timeout=5, context=trusting):  # noqa: S310
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.05)
    return False


def stop(children: "list[subprocess.Popen[bytes]]") -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            kill_all_of(child)


def kill_all_of(child: "subprocess.Popen[bytes]") -> None:
    """Kill a child that does not stop, with the processes that it started."""
    if os.name == "posix":
        os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
