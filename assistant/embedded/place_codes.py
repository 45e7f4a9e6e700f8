"""Names of places that files write as codes: the states of America, the provinces of Canada, those of Australia: "Texas" where a column says TX."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

_AMERICA = """AL Alabama;AK Alaska;AZ Arizona;AR Arkansas;CA California;CO Colorado;CT Connecticut;DE Delaware;FL Florida;GA Georgia;HI Hawaii;ID Idaho;IL Illinois;IN Indiana;IA Iowa;KS Kansas;
KY Kentucky;LA Louisiana;ME Maine;MD Maryland;MA Massachusetts;MI Michigan;MN Minnesota;MS Mississippi;MO Missouri;MT Montana;NE Nebraska;NV Nevada;NH New Hampshire;NJ New Jersey;NM New Mexico;
NY New York;NC North Carolina;ND North Dakota;OH Ohio;OK Oklahoma;OR Oregon;PA Pennsylvania;RI Rhode Island;SC South Carolina;SD South Dakota;TN Tennessee;TX Texas;UT Utah;VT Vermont;VA Virginia;
WA Washington;WV West Virginia;WI Wisconsin;WY Wyoming;DC District of Columbia;PR Puerto Rico"""
_CANADA = "AB Alberta;BC British Columbia;MB Manitoba;NB New Brunswick;NL Newfoundland;NS Nova Scotia;ON Ontario;PE Prince Edward Island;QC Quebec;SK Saskatchewan"
_AUSTRALIA = "NSW New South Wales;VIC Victoria;QLD Queensland;WA Western Australia;SA South Australia;TAS Tasmania;ACT Australian Capital Territory;NT Northern Territory"
_MOSTLY = 0.8  # of the values of a column, and three of them at least: « MA, ME, JE » are days
_FEWEST = 3


def _table(said: str) -> Mapping[str, str]:
    return dict(entry.strip().split(" ", 1) for entry in said.split(";"))


_LANDS = (_table(_AMERICA), _table(_CANADA), _table(_AUSTRALIA))


@lru_cache(maxsize=256)
def places_by_code(values: tuple[str, ...]) -> Mapping[str, str]:
    """The name of each value of a column whose values are codes of one country's states or provinces; empty for another column.

    Args:
        values: as the files write them.
    """
    for land in (*_LANDS, {**_LANDS[0], **_LANDS[1]}):
        told = {value: land[value] for value in values if value in land}
        if len(told) >= _FEWEST and len(told) >= _MOSTLY * len(values):
            return told
    return {}
