"""Values become pages."""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from hashlib import sha256
from html import escape as escape_html
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from allocscan.model import Action, Fate, Kind
from allocscan.reporters.dossier_page import ARGUMENTS, FAILURES
from allocscan.reporters.html.highlight import Piece
from allocscan.reporters.html.links import Link, explorer
from allocscan.reporters.html.marks import Mark, Segment
from allocscan.reporters.html.source import Line
from allocscan.reporters.wording import counted, escape

PLACE = Path(__file__).parent
ASSETS = PLACE / "assets"
SYMBOLS: Mapping[Action, str] = {
    Action.ALLOCATE: "+",
    Action.REALLOCATE: "±",
    Action.DEALLOCATE: "\N{MINUS SIGN}",
    Action.TRANSFER: "⇄",
}
"""What stands for each action beside its colour, so that none is needed to tell them apart."""
KINDS: Mapping[Kind, str] = {
    Kind.RAW: "bare memory or strings",
    Kind.CONSTRUCTOR: "initialised objects",
    Kind.POOL: "memory that is given back with its pool",
    Kind.REFCOUNTED: "objects that count their users",
    Kind.CONTAINER: "containers that grow",
    Kind.FACTORY: "objects that are given back by themselves",
}
FATES: Mapping[Fate, str] = {
    Fate.FREED: "freed",
    Fate.RETURNED: "returned",
    Fate.STORED: "stored",
    Fate.PASSED: "passed on",
    Fate.UNSEEN: "not seen again",
}
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
"""Nothing is loaded from elsewhere, and no script or style runs that stands in a page."""

SINGLE_POLICY = (
    "default-src 'none'; script-src {scripts}; style-src {style}; img-src data:; base-uri 'none'; form-action 'none'"
)


def render(template: str, path: str, **values: Any) -> str:
    """Fill in a template for the page at a path."""
    root = "../" * path.count("/")
    return environment().get_template(template).render({"root": root, "policy": POLICY, "base": "base.html", **values})


def render_single(parts: Iterable[tuple[str, str]], scripts: Iterable[str], style: str, **values: Any) -> str:
    """Fill in the one page that holds everything; what runs in it is known by its hash."""
    known = tuple(scripts)
    policy = SINGLE_POLICY.format(scripts=" ".join(map(hashed, known)), style=hashed(style))
    told = {"parts": [(name, Markup(text)) for name, text in parts], "scripts": list(map(Markup, known))}
    return (
        environment().get_template("single.html").render(root="", policy=policy, style=Markup(style), **told, **values)
    )


def hashed(text: str) -> str:
    """Say by what hash a browser knows a script or style."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def environment() -> Environment:
    """Prepare the templates, in which everything is escaped."""
    made = Environment(
        loader=FileSystemLoader(PLACE / "templates"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(count=count, short=short, line_only=line_only, said=said, inked=inked, percent=percent)
    made.globals.update(
        link=link,
        signs={each: sign(each) for each in SYMBOLS},
        symbols=SYMBOLS,
        explorer=explorer,
        fates=FATES,
        kinds=KINDS,
        arguments=ARGUMENTS,
        failures=FAILURES,
    )
    return made


@pass_context
def link(context: Context, to: Link, kind: str = "") -> Markup:
    """Write a link, and what leads nowhere as a text; pages have very many of them."""
    css = f' class="{kind}"' if kind else ""
    text = escape_html(escape(to.text))
    if not to.href:
        return Markup(f"<span{css}>{text}</span>")
    href, leaving = (to.href, ' rel="noreferrer"') if to.outside else (context["root"] + to.href, "")
    return Markup(f'<a href="{escape_html(href)}"{css}{leaving}>{text}</a>')


def sign(action: Action) -> Markup:
    """Write an action: a sign, a word and a colour."""
    return Markup(f'<span class="action {action}"><span aria-hidden="true">{SYMBOLS[action]}</span> {action}</span>')


def visible(value: Any) -> Any:
    """Show what no reader could see in a text as escapes; what is a piece of a page already stays."""
    return escape(value) if type(value) is str else value


def count(number: int) -> str:
    """Write a number."""
    return f"{number:,}"


def short(number: float) -> str:
    """Write a measure."""
    return f"{number:.1f}".removesuffix(".0")


def percent(share: float) -> str:
    """Write a share, which is known to three decimals."""
    return f"{share:.3f} %" if share else "0 %"


def line_only(place: Link) -> Link:
    """Leave the path out of a place."""
    return Link(place.text.rpartition(":")[2], place.href)


def said(place: Link, text: str) -> Link:
    """Lead to a place with other words."""
    return Link(text, place.href)


def inked(lines: Iterable[Line], root: str) -> Markup:
    """Write the source of a file, at once: there may be very many lines."""
    return Markup("".join(inked_line(line, root) for line in lines))


def inked_line(line: Line, root: str) -> str:
    """Write a line of source."""
    gutter = "".join(SYMBOLS[action] for action in line.actions)
    sign = f' data-g="{gutter}"' if gutter else ""
    hot = f' data-h="{line.heat.level}" title="{escape_html(line.heat.said)}"' if line.heat else ""
    inside = "".join(segment(each, root) for each in line.segments)
    rest = f'<span class="rest">… {counted(line.left, "more character")}</span>' if line.left else ""
    return f'<span class="l" id="L{line.number}" data-n="{line.number}"{sign}{hot}>{inside}{rest}\n</span>'


def segment(part: Segment, root: str) -> str:
    """Write a part of a line."""
    inside = "".join(map(piece, part.pieces))
    return anchor(part.mark, inside, root) if part.mark else inside


def anchor(mark: Mark, inside: str, root: str) -> str:
    """Write what leads somewhere; what is told of on no page leads to the list below."""
    kind = f"site {mark.kind}" if mark.sites else mark.kind
    numbers = " ".join(map(str, mark.sites))
    numbered = f' data-s="{numbers}"' if numbers else ""
    elsewhere = mark.href.startswith("https://")
    href = mark.href if elsewhere else root + mark.href if mark.href else f"#s{mark.sites[0]}"
    return f'<a class="{kind}"{numbered} href="{escape_html(href)}">{inside}</a>'


@lru_cache(maxsize=10_000)
def piece(part: Piece) -> str:
    """Write a text in its kind; what no reader could see is shown as an escape. The same ones come again and again."""
    text, kind = part
    shown = escape_html(text) if text.replace("\t", "").isprintable() else "".join(map(character, text))
    return f'<span class="{kind}">{shown}</span>' if kind else shown


def character(one: str) -> str:
    """Write one character."""
    seen = escape(one)
    return escape_html(one) if seen == one else f'<span class="odd">{escape_html(seen)}</span>'
