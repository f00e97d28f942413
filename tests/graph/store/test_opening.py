import sqlite3

import pytest

from portavoce.errors import GraphFileError
from portavoce.graph.store import Corpus
from portavoce.graph.store.opening import VERSION


def test_a_file_that_is_not_there_tells_what_makes_it(tmp_path):
    with pytest.raises(GraphFileError, match="is not there; 'portavoce build ARTICLES -o' makes it"):
        Corpus(tmp_path / "x.db")
    with pytest.raises(GraphFileError, match="is a folder"):
        Corpus(tmp_path)


def test_a_file_of_others_is_refused(tmp_path):
    db = sqlite3.connect(tmp_path / "x.db")
    db.execute("CREATE TABLE t (a)")
    db.commit()
    db.close()
    for create in (False, True):
        with pytest.raises(GraphFileError, match="no corpus that 'portavoce build' made"):
            Corpus(tmp_path / "x.db", create=create)
    (tmp_path / "y.db").write_text("nothing of the kind, but long enough to be read as a page of something" * 20)
    with pytest.raises(GraphFileError, match="cannot be opened as a corpus"):
        Corpus(tmp_path / "y.db")


@pytest.mark.parametrize(("version", "advice"), [(VERSION + 1, "update portavoce"), (0, "build it again")])
def test_another_version_is_refused_with_what_to_do(tmp_path, version, advice):
    with Corpus(tmp_path / "x.db", create=True) as corpus:
        corpus.db.execute(f"PRAGMA user_version = {version}")
    with pytest.raises(GraphFileError, match=advice):
        Corpus(tmp_path / "x.db")


def test_opening_looks_at_no_row(tmp_path):
    with Corpus(tmp_path / "x.db", create=True) as corpus:
        assert corpus.db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert corpus.db.execute("PRAGMA foreign_keys").fetchone() == (1,)
    opened = Corpus(tmp_path / "x.db")
    assert opened.db.total_changes == 0
    opened.close()
