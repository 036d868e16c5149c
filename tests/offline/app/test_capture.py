"""The app in a real browser against a real server: what is recorded without a network arrives once."""

from typing import Any

import pytest

from offline.app.serving import Server, until

pytestmark = pytest.mark.journey


def test_a_meeting_recorded_without_a_network_arrives_whole(phone: Any, server: Server) -> None:
    hp = phone()
    hp.begin()
    server.kill()
    hp.open()
    key = hp.meeting()
    hp.page.get_by_role("button", name="Tambah satu laki-laki").click()
    hp.page.get_by_role("button", name="Tambah satu perempuan").click()
    hp.idea(key, "Titian RT 09 diganti ulin")
    until(lambda: hp.waiting() >= 3)
    server.start()
    hp.send()
    until(lambda: hp.waiting() == 0)
    print(
        server.states(),
        server.rows("select kind,state,code from offline_envelope"),
        hp.page.evaluate("document.body.innerText"),
    )
    assert set(server.states()) == {"applied"}
