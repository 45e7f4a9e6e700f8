"""How sure a reading is, and from which probability on it is acted upon, offered or doubted."""

from __future__ import annotations

ACT = 0.45  # from this probability on, it is done and said how it was read
CHOICE = 0.08  # what is less likely than this is not worth offering
MARGIN = 0.15  # under this distance to the second reading, the choice is the manager's
CERTAIN = 0.99
READ = 0.9
CLEAR = 0.7  # under this, a hint in the words is worth more than the likeness to other questions
WHOLE = 0.9
