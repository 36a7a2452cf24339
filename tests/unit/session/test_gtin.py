"""GTINs with right and wrong check digits, and what spreadsheets do to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.session.gtin import check_digit, checked_asin, checked_gtin


@pytest.mark.parametrize(
    "gtin",
    [
        "4006381333931",  # EAN of a text marker
        "036000291452",  # the UPC of GS1's own example
        "96385074",  # EAN-8
        "10614141000415",  # GTIN-14
    ],
)
def test_known_numbers_are_right(gtin: str) -> None:
    assert checked_gtin(gtin) == gtin
    assert checked_gtin(f" {gtin[:4]}-{gtin[4:]} ") == gtin


@given(
    st.sampled_from([7, 11, 12, 13]).flatmap(
        lambda n: st.text("0123456789", min_size=n, max_size=n)
    )
)
def test_one_wrong_digit_is_always_found(digits: str) -> None:
    if not digits.strip("0"):
        return
    gtin = digits + check_digit(digits)
    assert checked_gtin(gtin) == gtin
    for place in range(len(gtin)):
        wrong = gtin[:place] + str((int(gtin[place]) + 1) % 10) + gtin[place + 1 :]
        with pytest.raises(ValueError, match=r"."):
            checked_gtin(wrong)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("4006381333930", "its last digit would have to be 1"),
        ("36000291452", "dropped the zeros of 036000291452"),
        ("4.00638E+12", "rounded by a spreadsheet"),
        ("4,00638E+12", "rounded by a spreadsheet"),
        ("40063813339a1", "digits alone"),
        ("４006381333931", "digits alone"),
        ("", "digits alone"),
        ("0000000000000", "zeros alone"),
        ("123", "has 3 digits"),
    ],
)
def test_a_wrong_number_says_why(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        checked_gtin(text)


def test_an_asin_is_of_ten_letters_and_digits() -> None:
    assert checked_asin(" b07abc1234 ") == "B07ABC1234"
    for wrong in ("B07ABC123", "B07-ABC123", "B07ABC123Ä", ""):
        with pytest.raises(ValueError, match="ten letters and digits"):
            checked_asin(wrong)
