"""The catalogue knows every rule that the code can give, and every rule of a statement is read back into its parts."""

import ast
import inspect
import re

import pytest

from portavoce.errors import InputError
from portavoce.extract.attribution.content import ContentFinder
from portavoce.extract.attribution.content_behind import ContentBehind
from portavoce.extract.rules import PARTS, catalogue, parts_of

RULES = catalogue()


@pytest.mark.parametrize(
    ("rule", "parts"),
    [
        ("verb-cue/after/ccomp…sentence+name", "verb-cue after ccomp sentence name"),
        ("verb-cue/after/che…comma3+antecedent of null, unsure", "verb-cue after word comma unsure"),
        ("verb-cue/after/obj>acl…=obj+antecedent of person", "verb-cue after relation>relation =relation antecedent"),
        ("noun-cue/after/di-clause…-advcl+description", "noun-cue after word-clause -relation description"),
        ("colon-cue/after/:…»+nobody for null", "colon-cue after stop » nobody"),
        ("verb-cue/before/,…clause+place", "verb-cue before stop clause place"),
    ],
)
def test_a_rule_has_its_parts(rule, parts):
    assert parts_of(rule) == tuple(zip(PARTS, parts.split(), strict=True))
    assert set(parts_of(rule)) <= set(RULES)


def test_marks_alone_have_no_content_rule():
    assert parts_of("marks-alone+antecedent of null") == (("cue", "marks-alone"), ("speaker", "antecedent"))


def test_what_is_no_rule_is_refused():
    with pytest.raises(InputError, match="no rule"):
        parts_of("verb-cue/after")


def test_every_rule_has_an_example_with_a_content():
    assert len(RULES) > 50
    assert [r.name for r in RULES.values() if not re.search("⟦.+⟧", r.example) or not r.meaning] == []
    assert {r.part for r in RULES.values()} == set(PARTS)


def test_every_name_that_the_finder_of_contents_gives_is_in_the_catalogue():
    """The names are the strings in calls of ``begin(at, name)``, ``add(parts, begin, end, order)`` and ``setdefault(at, name)``."""
    named = {"begins": set(), "ends": set(), "order": set()}
    source = "\n".join(inspect.getsource(inspect.getmodule(c)) for c in (ContentFinder, ContentBehind))
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        strings = [
            {c.value for c in ast.walk(a) if isinstance(c, ast.Constant) and isinstance(c.value, str) and c.value[:1].isalpha()}
            if isinstance(a, ast.Constant | ast.IfExp) else set()
            for a in node.args
        ]  # fmt: skip
        if called == "begin":
            named["begins"] |= strings[1]
        elif called == "add" and len(strings) == 4:
            for part, given in zip(("begins", "ends", "order"), strings[1:], strict=True):
                named[part] |= given
        elif called == "setdefault" and len(strings) == 2:
            named["ends"] |= strings[1] - {"cue"}  # of a beginning
    assert min(map(len, named.values())) >= 3
    known = {part: {r.name for r in RULES.values() if r.part == part} for part in named}
    assert {part: names - known[part] for part, names in named.items()} == {part: set() for part in named}
