"""Shows the figures of the gate at the end of the run, whether it holds or not."""

import pytest

LINES = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def quality_line(request):
    """Keeps a line of figures and floors for the summary."""
    lines = request.config.stash.setdefault(LINES, [])

    def keep(corpus, figures, floors):
        against = {name.removesuffix(" max"): floor for name, floor in floors.items()}
        lines.append(f"{corpus}: " + ", ".join(f"{name} {value} ({against[name]})" for name, value in figures.items()))

    return keep


def pytest_terminal_summary(terminalreporter, config):
    lines = config.stash.get(LINES, [])
    if lines:
        terminalreporter.section("quality: figures (floors)")
        for line in lines:
            terminalreporter.write_line(line)
