"""Comments that tell what is to be found in a sample, made invisible to those who are to find it."""

import re

from allocscan.model import Action

ACTIONS = "|".join(Action)
NAME = r'[^\s;"]+(?: (?!->)[^\s;"]+)?'
ONE = rf'(?:todo )?(?:{ACTIONS}): {NAME}(?: -> [^\s;"]+)?'
SAID = rf"[ \t]*(?:{ONE}(?:; *{ONE})*|no claims\b[^\n\r]*?)[ \t]*"
CLAIMS = re.compile(
    rf"/[*+]+!?{SAID}[*+]+/|(?://+!?|#+|--+){SAID}(?=\r?$)".encode(),
    re.MULTILINE,
)
NOT_LINE_END = re.compile(rb"[^\r\n]")


def without_claims(content: bytes) -> bytes:
    """Blank the claims of a sample at equal length, so that all positions stay true."""
    return CLAIMS.sub(lambda claim: NOT_LINE_END.sub(b" ", claim[0]), content)
