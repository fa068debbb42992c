from tests.benchmark import history


def test_the_store_is_timed_with_few_and_with_many_answers_in_it(tmp_path, monkeypatch):
    monkeypatch.setattr(history, "REPEATS", 2)
    told: list[int] = []
    few, many = history.measure(tmp_path, 20, told.append)
    assert (few.attempts, many.attempts, told[-1]) == (10, 20, 20)
    assert len(history.open_store(folder=tmp_path).measured()) == 22
    rows = history.table(few, many).splitlines()
    assert rows[0] == "| median of 2, s | 10 answers | 20 answers | promised |"
    assert [row.count("|") for row in rows] == [5] * 6
