"""What pages of HTML share: text that is only text, the policy that keeps them alone, and how they look."""

from __future__ import annotations

import html
import re

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""The content security policy of a page that needs nothing but itself: no script, nothing from elsewhere."""

STYLE = """
:root {
  color-scheme: light dark;
  --ink: #1b1b1a; --paper: #fff; --soft: #f3f3ef; --line: #d6d6cf; --dim: #5d5d58; --link: #0a4f9a; --wrong: #a00;
  --content: #d8f0d0; --cue: #ffdcae; --speaker: #c8dcff; --both: #e6b8e6; --focus: #c0168a;
  --green: #1c6b1c; --orange: #b34700; --blue: #0a44c0; --violet: #7d0a7d;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e9e9e4; --paper: #161716; --soft: #222422; --line: #3c3f3c; --dim: #a6a8a2; --link: #8ec1ff; --wrong: #ff8f8f;
    --content: #234d26; --cue: #6a4410; --speaker: #23427a; --both: #6a2f6a; --focus: #ff7ad1;
    --green: #8fd18f; --orange: #ffb27a; --blue: #8fb4ff; --violet: #e29be2;
  }
}
body { font: 16px/1.5 system-ui, sans-serif; margin: 1.5em; color: var(--ink); background: var(--paper) }
a { color: var(--link) }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px }
table { border-collapse: collapse; font-size: 14px }
td, th { padding: 2px 8px; text-align: right; border-bottom: 1px solid var(--line) }
td:first-child, th:first-child { text-align: left }
"""
"""The look of all pages, light and dark."""

_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)  # what no page may hold, and what turns the direction of writing


def showable(text: str) -> str:
    """The text with a sign in place of what no page may hold, and of what turns the direction of writing."""
    return _UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def escaped(text: str) -> str:
    """The text as it stands in an element or an attribute."""
    return html.escape(showable(text))


def web_address(url: str | None) -> str | None:
    """An address to which a page may lead: of the web, never one that runs something; None for all others."""
    return url if url and re.match(r"https?://[^\s/]", url, re.IGNORECASE) else None
