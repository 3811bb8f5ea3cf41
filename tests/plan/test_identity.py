"""The door that an identity number does not pass; the numbers are made up from the examples of the standard."""

import pytest

from planledger.plan.identity import masked_identity

NUMBER = "11010519491231002X"
MASKED = "1101***********02X"


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        f"身份证{NUMBER.lower()}。",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
        "110105-19491231-002X",
        "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X",
        "110105\u200b19491231\u00ad002X",
        "١١٠١٠٥١٩٤٩١٢٣١٠٠٢X",
        f"²{NUMBER}",
        f"①{NUMBER}",
    ],
)
def test_a_valid_number_is_found_however_it_is_written(text: str) -> None:
    assert MASKED == masked_identity(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "40人",
        "110105194912310021",
        f"9{NUMBER}",
        f"{NUMBER[:-1]}12",
        "110105194913310027",
        "试办〔2019〕3号 2019-07-16 至 2019-08-01",
    ],
)
def test_other_numbers_pass(text: str) -> None:
    assert "" == masked_identity(text)
