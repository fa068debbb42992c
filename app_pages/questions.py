"""The page of the question bank: to find, fill in, hide and practise questions, and to add one's own."""

import streamlit as st

from app_pages import bank, editing, questions_files, questions_filter, questions_form, questions_list

st.title("Questions", anchor=False)
st.caption("Everything there is to practise, with what a good answer contains and where that comes from.")
editing.only_about("questions")
known = bank.current()
questions_form.offer()
with st.expander("Bring questions in, take yours out", key="questions_files"):
    questions_files.show(known)
questions_list.show(known, questions_filter.chosen(known))
