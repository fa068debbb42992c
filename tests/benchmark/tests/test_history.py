from store.store import open_store
from tests.benchmark import history


def test_the_store_is_timed_with_few_and_with_many_answers(tmp_path, monkeypatch):
    monkeypatch.setattr(history, "REPEATS", 2)
    told: list[int] = []
    times = history.measure(tmp_path, 20, told.append)
    assert told[-1] == 20
    assert [len(open_store(folder=tmp_path / name).load_measured()) for name in ("few", "many")] == [12, 22]
    rows = history.table(times, 20).splitlines()
    assert rows[0] == "| median of 2, s | 10 answers | 20 answers | promised |"
    assert [row.count("|") for row in rows] == [5] * 6
