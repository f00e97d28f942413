def test_a_page_is_written(run, news, folder):
    result = run("report", news, "-o", "report.html")
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert result.stderr.startswith("report.html: ")
    assert "Ursula Keller" in page


def test_a_page_about_an_actor_of_some_days(run, news, folder):
    run("report", news, "--actor", "Rossi", "--since", "2024-04", "--limit", "1", "-o", "rossi.html")
    page = (folder / "rossi.html").read_text(encoding="utf-8")
    assert "<title>Marco Rossi – portavoce</title>" in page
    assert "prima di giugno" not in page


def test_an_unknown_actor_leaves_no_file(run, news, folder):
    assert "nearest: Marco Rossi" in run("report", news, "--actor", "Rossini", "-o", "x.html", code=1).stderr
    assert not (folder / "x.html").exists()
