import json
from pathlib import Path

import pytest

from portavoce.graph.build import build_graph

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def bridge():
    """The four articles about a bridge that the documentation asks."""
    lines = (ROOT / "docs" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return build_graph([json.loads(line) for line in lines])


EVIL = (
    "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\"></script></style></title>-->"
    "<svg/onload=document.title='taken'> \u202edoppio\u2066 {{ 7 * 7 }} {% raw %} &lt;b&gt; ' \" ` \x00\x1b"
)


@pytest.fixture(scope="session")
def hostile():
    """An article whose every string is out to run a script, to leave its element, or to turn the writing."""
    speaker = f"Anna Verdi {EVIL}"
    text = f"{speaker} ha detto che {EVIL} piove. {speaker} accusa Bruno {EVIL}. Bruno {EVIL} ha risposto «{speaker} mente»."
    said, cue = text.index(f"{EVIL} piove"), text.index("ha detto")
    second = text.index(f"Bruno {EVIL}")
    answer = text.rindex(f"{speaker} mente")
    deed = text.index(f"{speaker} accusa")
    topic = {"id": "javascript:alert(1)", "label": EVIL}
    record = {
        "id": f"a\" onclick=x {EVIL}", "title": EVIL, "text": text, "language": "it", "url": "javascript:document.title='taken'",
        "published": "2024-03-04<script>", "publisher": EVIL,
        "statements": [
            {"kind": "indirect", "content": [{"start": said, "end": said + len(EVIL) + 6}], "cue": {"start": cue, "end": cue + 8},
             "speaker": {"start": 0, "end": len(speaker)}, "actor": speaker, "actor_id": "a", "actor_kind": "person", "about": [EVIL],
             "topics": [topic], "category": EVIL, "rule": EVIL},
            {"kind": "direct", "content": [{"start": answer, "end": answer + len(speaker) + 6}], "actor": f"Bruno {EVIL}", "actor_id": "b",
             "actor_kind": "person", "about": [EVIL], "polarity": "denies"},
        ],
        "actors": [{"id": "a", "name": speaker, "kind": "person", "wikidata": "Q1\"><script>"}, {"id": "b", "name": f"Bruno {EVIL}", "kind": "person"}],
        "mentions": [{"start": answer, "end": answer + len(speaker), "actor_id": "a"}, {"start": second, "end": second + 6 + len(EVIL), "actor_id": "b"}],
        "roles": [{"actor_id": "a", "role": EVIL, "organization": EVIL, "evidence": {"start": said, "end": said + len(EVIL)}}],
        "relations": [{"source": "a", "type": "accuse", "target": "b", "trigger": {"start": deed, "end": deed + 5}, "evidence": {"start": deed, "end": second + 20}}],
    }  # fmt: skip
    return build_graph([record])
