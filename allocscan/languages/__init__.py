"""Languages are folders of data: a `language.toml` and the queries beside it."""

from allocscan.languages.language import Language
from allocscan.languages.loading import check_expressions, load_languages
from allocscan.languages.names import Names
from allocscan.languages.parts import Attributes, Preprocessor, Sizes
from allocscan.queries import ACTING, DETAILS, ROLES

__all__ = [
    "ACTING",
    "DETAILS",
    "ROLES",
    "Attributes",
    "Language",
    "Names",
    "Preprocessor",
    "Sizes",
    "check_expressions",
    "load_languages",
]
