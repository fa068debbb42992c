"""An export in: what is not here yet is added, and nothing that is here is changed."""

from __future__ import annotations

import tempfile
from pathlib import Path

import streamlit as st

from analysis.wording import count
from app_pages.data.typed_paths import whole
from app_pages.ui.errors import show_errors
from store.errors import files_told
from store.store import Store
from store.transfer.importer import Imported


def show(kept: Store) -> None:
    """Offer the ways in and do what is asked."""
    st.markdown("What the file holds and is not here yet is added. Nothing that is here is changed or deleted.")
    uploaded = st.file_uploader("An export of Answer Aloud", ["zip"], key="import_upload")
    named = st.text_input("Or the path of one on this machine", key="import_path", placeholder="for files over 300 MB")
    if not st.button("Bring it in", key="import", disabled=uploaded is None and not named.strip()):
        return
    with show_errors(), st.spinner("Looking through the export …"):
        if uploaded is not None:
            added = _from_bytes(kept, uploaded.name, uploaded.getvalue())
        else:
            added = kept.import_export(whole(named))
        st.success(_sentence(added))


def _from_bytes(kept: Store, name: str, data: bytes) -> Imported:
    with (
        files_told(Path(tempfile.gettempdir())),
        tempfile.TemporaryDirectory() as folder,
    ):
        path = Path(folder) / (Path(name).name[-100:] or "export.zip")
        path.write_bytes(data)
        return kept.import_export(path)


def _sentence(added: Imported) -> str:
    here = f"{count(added.known, 'answer')} {'was' if added.known == 1 else 'were'} here already and stayed as before."
    sentences = [f"{count(added.added, 'answer').capitalize()} added.", here if added.known else ""]
    if added.things:
        sentences.append(f"{count(added.things, 'other thing').capitalize()} that you wrote or planned added.")
    return " ".join(filter(None, sentences))
