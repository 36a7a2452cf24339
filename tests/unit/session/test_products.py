"""What is known of products: from lists of others, check digits checked, nothing made up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.errors import CsvInvalid, SessionReadOnly
from engine.session.product_list import read_products
from engine.session.products import Product, sku_key
from engine.session.session import Session
from tui.cli.main import run


def listed(folder: Path, text: str) -> Path:
    path = folder.parent / "list.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_list_is_taken_over_row_by_row(session: Session) -> None:
    path = listed(
        session.folder,
        "Artikelnummer;EAN;Slug;Parent;Embargo\n"
        "sku1;4006381333931;hand-cream;creams;\n"
        "SKU2;96385074;;creams;ja\n"
        "SKU9;;;;nein\n",
    )
    read = read_products(path, session.products.all())
    assert read.problems == ()
    assert session.products.save(read.products) == 3
    assert session.products.save(read.products) == 0
    first = session.products.of("SKU1")
    assert (first.gtin, first.handle, first.person) == ("4006381333931", "hand-cream", "anna@desk")
    assert session.products.of("sKu2").confidential
    assert session.products.of("SKU3") == Product("SKU3")


def test_an_empty_cell_and_a_column_that_is_not_there_change_nothing(session: Session) -> None:
    session.products.save([Product("SKU1", gtin="96385074", family="bags", confidential=True)])
    path = listed(session.folder, "sku,gtin,handle\nSKU1,,bag\n")
    session.products.save(read_products(path, session.products.all()).products)
    known = session.products.of("SKU1")
    assert (known.gtin, known.handle, known.family) == ("96385074", "bag", "bags")
    assert known.confidential


def test_a_row_that_cannot_be_right_costs_itself_alone(session: Session) -> None:
    session.products.save([Product("SKU7", gtin="4006381333931")])
    path = listed(
        session.folder,
        "sku,gtin,confidential\n"
        "SKU1,4006381333930,\n"
        "SKU2,4006381333931,\n"
        ",96385074,\n"
        "SKU3,,perhaps\n"
        "SKU4,36000291452,\n"
        "SKU5,96385074,\n"
        "sku5,96385074,\n",
    )
    read = read_products(path, session.products.all())
    assert [product.sku for product in read.products] == ["SKU5"]
    assert [problem.split(":")[0] for problem in read.problems] == [
        "line 2", "line 3", "line 4", "line 5", "line 6", "line 8",
    ]  # fmt: skip
    said = " ".join(read.problems)
    for words in ("would have to be 1", "belongs to another SKU", "names no SKU", "neither yes",
                  "dropped the zeros", "was in line 7 already"):  # fmt: skip
        assert words in said


@pytest.mark.parametrize(
    ("text", "chosen", "problem"),
    [
        ("name,gtin\na,b\n", {}, "no column of SKUs"),
        ("sku,item\na,b\n", {}, "both may be the sku"),
        ("No,EAN\na,b\n", {"sku": "Nr"}, "no column 'Nr'"),
        ("sku\na\n", {"colour": "sku"}, "colour is no field"),
    ],
)
def test_a_list_whose_columns_are_not_clear_is_refused(
    session: Session, text: str, chosen: dict[str, str], problem: str
) -> None:
    with pytest.raises(CsvInvalid, match=problem):
        read_products(listed(session.folder, text), {}, chosen)


def test_a_heading_can_be_named(session: Session) -> None:
    path = listed(session.folder, "No,EAN\nSKU1,96385074\n")
    (product,) = read_products(path, {}, {"sku": "No"}).products
    assert product == Product("SKU1", gtin="96385074")


def test_a_family_is_as_confidential_as_any_of_its_products(session: Session) -> None:
    session.products.save(
        [
            Product("SKU1", family="Bags", confidential=True),
            Product("SKU2", family="bags"),
            Product("SKU3", family="shoes"),
            Product("SKU4", confidential=True),
            Product("SKU5"),
        ]
    )
    assert session.products.withheld() == {"sku1", "sku2", "sku4"}


def test_skus_are_compared_without_regard_to_case_and_composition() -> None:
    assert sku_key("ROSÉ-1") == sku_key("rose\u0301-1")
    assert sku_key("SKU\udce9") == sku_key("sku\udce9")


def test_products_survive_a_restart_and_a_readonly_session_changes_none(session: Session) -> None:
    session.products.mark("SKU1", confidential=True)
    session.close()
    with Session.open(session.folder, readonly=True) as again:
        assert again.products.of("SKU1").confidential
        with pytest.raises(SessionReadOnly):
            again.products.mark("SKU1", confidential=False)


def test_the_command(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    path = listed(session.folder, "sku,gtin\nSKU1,4006381333931\nSKU2,1\n")
    here = ["--session", str(session.folder)]
    assert run(["products", "import", str(path), *here]) == 1
    printed = capsys.readouterr()
    assert "1 products read, 1 new or changed" in printed.out
    assert f"{path}: line 3: 1 has 1 digits" in printed.err
    assert run(["products", "mark", "SKU2", "--confidential", *here]) == 0
    assert run(["products", "mark", "SKU2", *here]) == 2
    capsys.readouterr()
    assert run(["products", "list", *here, "--json"]) == 0
    rows = {row["sku"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["SKU1"]["gtin"] == "4006381333931"
    assert rows["SKU2"]["confidential"] is True
    assert rows["SKU2"]["photos"] is True
    assert run(["products", "list", *here, "--missing"]) == 0
    assert "SKU1" not in capsys.readouterr().out
