"""From files to a study: read, load, understand, reduce, publish. A workspace is never seen half written."""

from analytics.importing.child import import_in_child
from analytics.importing.lines import Lines, lines_of
from analytics.importing.pipeline import Cancelled, correct, import_files
from analytics.importing.study_file import corrections_of, open_study, rhythm_of

__all__ = [
    "Cancelled", "Lines", "correct", "corrections_of", "import_files", "import_in_child", "lines_of", "open_study",
    "rhythm_of",
]  # fmt: skip
