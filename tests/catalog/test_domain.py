from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from onhand.catalog import domain

A, B, C = (UUID(int=n) for n in (1, 2, 3))


def test_known_barcodes_have_valid_check_digits() -> None:
    for barcode in ("5901234123457", "96385074", "036000291452", "00012345600012"):
        assert domain.barcode_warning(barcode) is None


@given(st.from_regex(r"[0-9]{7}|[0-9]{11,13}", fullmatch=True), st.integers(1, 9))
def test_any_other_check_digit_is_warned_of(digits: str, off: int) -> None:
    right = domain.check_digit(digits)
    wrong = str((int(right) + off) % 10)
    assert domain.barcode_warning(digits + right) is None
    assert f"should be {right}" in (domain.barcode_warning(digits + wrong) or "")


def test_any_text_is_a_barcode_without_a_warning() -> None:
    for barcode in ("ABC-1", "123", "X0012345", "٥٩٠١٢٣٤١٢٣٤٥٧"):
        assert domain.barcode_warning(barcode) is None


def test_search_text_has_codes_first_and_single_spaces() -> None:
    assert domain.search_text(["A-1"], ["590"], "Red\n  Mug") == " a-1 590 red mug "


def test_a_branch_cannot_move_below_itself() -> None:
    parents = {A: None, B: A, C: B}
    assert domain.closes_a_circle(parents, A, C)
    assert domain.closes_a_circle(parents, A, A)
    assert not domain.closes_a_circle(parents, C, A)
    assert not domain.closes_a_circle(parents, B, None)


def test_repeats_are_dropped_ignoring_case() -> None:
    assert domain.without_repeats([" Red ", "red", "", "Blue"]) == ["Red", "Blue"]
