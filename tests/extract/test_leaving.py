"""What is handed out where a function is left because it holds nothing."""

import pytest

from allocscan.extract import extract
from allocscan.languages import load_languages

LANGUAGES = {language.name: language for language in load_languages()}
TEXT = """
struct thing *f(struct thing *p, int n, char *q)
{{
	{text}
	return q;
}}
"""


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("if (!p) return p;", ""),
        ("if (p == NULL) return (struct thing *)p;", ""),
        ("if (!p) { log(n); return p; }", ""),
        ("if (!p && n > 0) return p;", ""),
        ("if (!(p = malloc(n))) return p;", ""),
        ("if (!p->next) return p->next;", ""),
        ("if (p) return p;", "p"),
        ("if (!p || n) return p;", "p"),
        ("if (!p) return q;", "q"),
        ("if (!p->next) return p;", "p"),
        ("if (!p) { p = make(); return p; }", "p"),
        ("if (!p) { fill(&p); return p; }", "p"),
        ("if (!p) return p + n;", "p"),
        ("if (!p) log(n); else return p;", "p"),
        ("if (!p) log(n); return p;", "p"),
    ],
)
def test_nothing_is_handed_out_where_nothing_is_there(text: str, source: str) -> None:
    facts = extract("a.c", TEXT.format(text=text).encode(), LANGUAGES["c"])
    assert next(flow.source for flow in facts.flows if flow.target == "return") == source
