# What type checkers read in place of the package, as it was called before it moved here; no claims: nothing is created here.
from core import *
