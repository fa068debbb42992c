"""Import an export: add what is missing here, and change nothing that exists."""

from __future__ import annotations

import tempfile
from pathlib import Path

import streamlit as st

from analysis.wording import format_count
from app_pages.data.typed_paths import parse_absolute_path
from app_pages.ui.errors import show_errors
from store.errors import translate_write_errors
from store.store import Store
from store.transfer.importer import ArchiveImport


def show_import_form(kept: Store) -> None:
    """Offer an upload and a path on this machine, and import the export when asked."""
    st.markdown("What the file holds and is not here yet is added. Nothing that is here is changed or deleted.")
    uploaded = st.file_uploader("An export of Answer Aloud", ["zip"], key="import_upload")
    named = st.text_input("Or the path of one on this machine", key="import_path", placeholder="for files over 300 MB")
    if not st.button("Bring it in", key="import", disabled=uploaded is None and not named.strip()):
        return
    with show_errors(), st.spinner("Looking through the export …"):
        if uploaded is not None:
            added = _import_bytes(kept, uploaded.name, uploaded.getvalue())
        else:
            added = kept.import_archive(parse_absolute_path(named))
        st.success(_describe_import(added))


def _import_bytes(kept: Store, name: str, data: bytes) -> ArchiveImport:
    with (
        translate_write_errors(Path(tempfile.gettempdir())),
        tempfile.TemporaryDirectory() as folder,
    ):
        path = Path(folder) / (Path(name).name[-100:] or "export.zip")
        path.write_bytes(data)
        return kept.import_archive(path)


def _describe_import(added: ArchiveImport) -> str:
    here = (
        f"{format_count(added.known, 'answer')} {'was' if added.known == 1 else 'were'} here already and stayed as "
        "before."
    )
    sentences = [f"{format_count(added.added, 'answer').capitalize()} added.", here if added.known else ""]
    if added.documents:
        sentences.append(
            f"{format_count(added.documents, 'other thing').capitalize()} that you wrote or planned added."
        )
    return " ".join(filter(None, sentences))
