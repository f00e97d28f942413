import pytest

from portavoce.markup import escaped, showable, web_address


def test_text_is_only_text():
    assert escaped("<b a='1'>\"&") == "&lt;b a=&#x27;1&#x27;&gt;&quot;&amp;"
    assert showable("a\u202eb\x00c\nd") == "a\ufffdb\ufffdc\nd"


@pytest.mark.parametrize("url", ["https://example.org/x?y=1", "HTTP://example.org"])
def test_addresses_of_the_web_are_addresses(url):
    assert web_address(url) == url


@pytest.mark.parametrize("url", [None, "", "javascript:alert(1)", "java\nscript:x", "data:text/html,x", "//example.org", "https:///x", "file:///etc", " https://x.org"])  # fmt: skip
def test_others_lead_nowhere(url):
    assert web_address(url) is None
