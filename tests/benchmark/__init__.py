"""How near the truth the transcripts come, and what they cost: `python -m tests.benchmark truth` and `... speed`.

Run from the checkout. The scoring rules (scoring rooms: `tokens`, `matching`, `wording`, `borders`) know nothing of the
systems under test (`baselines`, `erm_system`, `ours`); `tests/benchmark/tests/test_scoring.py` holds them to closed
forms.
"""
