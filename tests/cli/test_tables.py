import pytest

from portavoce.cli import tables
from portavoce.graph.query.answers import Piece


@pytest.fixture
def terminal(monkeypatch):
    """Standard output says that it is a terminal of 60 columns."""
    monkeypatch.setattr(tables, "on_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "xterm")


ROWS = [("a1", "Anna Verdi", "parola " * 30), ("b2", None, "breve")]


def test_a_table_on_a_terminal_is_as_wide_as_it(capsys, terminal):
    tables.print_table(("id", "speaker", "says"), ROWS, long="says")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 6
    assert max(map(len, lines)) <= 60


def test_a_table_in_a_pipe_is_a_line_a_row_with_the_long_column_last(capsys):
    tables.print_table(("id", "says", "speaker"), [(a, c, b) for a, b, c in ROWS], long="says")
    assert capsys.readouterr().out.splitlines() == [
        "id  speaker     says", f"a1  Anna Verdi  {('parola ' * 30).strip()}", "b2              breve",
    ]  # fmt: skip


def test_other_columns_are_shortened_in_a_pipe(capsys):
    tables.print_table(("name", "says"), [("x" * 100, "y" * 100)], long="says")
    line = capsys.readouterr().out.splitlines()[1]
    assert line == "x" * 39 + "…  " + "y" * 100


def test_markup_of_rich_in_names_is_text(capsys, terminal):
    tables.print_table(("name",), [("[bold]Anna[/bold] [/nothing]",)])
    assert "[bold]Anna[/bold] [/nothing]" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\tc", "a b c"),
        ("\x1b[31mrosso\x1b[0m", "[31mrosso [0m"),
        ("a\u202eb\x00c", "a b c"),
        (" é ", "é"),
        ("", ""),
    ],
)
def test_visible_text_is_one_line_that_steers_nothing(text, shown):
    assert tables.visible(text) == shown


def test_some_of_counts_the_others():
    assert tables.some_of(list("abc")) == "a, b, c"
    assert tables.some_of(list("abcdefg")) == "a, b, c, d, e and 2 more"


def test_a_passage_is_coloured_on_a_terminal(capsys, terminal):
    tables.print_passage([Piece("Anna", "speaker"), Piece(" dice ", ""), Piece("sì", "content")])
    shown = capsys.readouterr().out
    assert "⟦" not in shown
    assert "*" not in shown
