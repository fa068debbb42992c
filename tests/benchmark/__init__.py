"""Accuracy and cost of the transcripts: `python -m tests.benchmark truth` and `... speed`.

Run from the checkout. The scoring modules (`tokens`, `matching`, `wording`, `borders`) are
independent of the systems under test (`baselines`, `erm_system`, `ours`);
`tests/benchmark/tests/test_scoring.py` checks them against results worked out by hand.
"""
