"""The sound of an answer that was deleted is given to no tab any more, whichever shows it; that of others is."""

from __future__ import annotations

import pytest
from streamlit import runtime
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from app_pages.ui.served_sound import withdraw_sounds


class Server:
    """A server with Streamlit's own keeper of files."""

    def __init__(self) -> None:
        self.storage = MemoryMediaFileStorage("/media")
        self.media_file_mgr = MediaFileManager(self.storage)

    def show(self, tab: str, data: bytes, kind: str = "audio/wav") -> str:
        """Show a file in a tab; return its name in the address."""
        address = self.media_file_mgr.add(data, kind, f"{tab} {data!r}")
        return address.rpartition("/")[2]

    def gives(self, name: str) -> bool:
        try:
            return bool(self.storage.get_file(name).content)
        except MediaFileStorageError:
            return False


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    started = Server()
    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", lambda: started)
    return started


def test_only_the_sounds_that_are_named_are_taken_back(server: Server) -> None:
    gone, stays = server.show("one", b"gone"), server.show("other", b"stays")
    withdraw_sounds([b"gone"])
    assert not server.gives(gone)
    assert server.gives(stays)
    assert b"gone" not in {file.content for file in server.storage._files_by_id.values()}


def test_every_sound_and_nothing_else_is_taken_back_with_everything(server: Server) -> None:
    sounds = [server.show("one", b"first"), server.show("other", b"second", "audio/flac")]
    picture = server.show("one", b"picture", "image/png")
    withdraw_sounds(None)
    assert [server.gives(name) for name in (*sounds, picture)] == [False, False, True]


def test_a_sound_that_was_taken_back_can_be_shown_again_and_goes_with_its_tab(server: Server) -> None:
    server.show("dontcare", b"sound")
    withdraw_sounds([b"sound"])
    again = server.show("dontcare", b"sound")
    assert server.gives(again)
    server.media_file_mgr.clear_session_refs("dontcare")
    server.media_file_mgr.remove_orphaned_files()
    assert not server.gives(again)


def test_without_a_server_there_is_nothing_to_take_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "exists", lambda: False)
    withdraw_sounds(None)
