"""CSV files: read from any spreadsheet, written so that no spreadsheet runs them."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import CsvInvalid
from engine.spreadsheet import LARGEST, read_sheet, write_sheet


def saved(folder: Path, content: str | bytes) -> Path:
    path = folder / "list.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_a_spreadsheet_saves_is_read(tmp_path: Path, delimiter: str, encoding: str) -> None:
    text = f'sku{delimiter} alt \r\n\r\nSKU1{delimiter}"Größe ""M""{delimiter} blau"\r\nSKU2\r\n'
    sheet = read_sheet(saved(tmp_path, text.encode(encoding)))
    assert sheet.columns == ("sku", "alt")
    assert [row.cells for row in sheet.rows] == [
        {"sku": "SKU1", "alt": f'Größe "M"{delimiter} blau'},
        {"sku": "SKU2", "alt": ""},
    ]
    assert [row.line for row in sheet.rows] == [3, 4]


def test_excels_own_line_about_the_delimiter_is_understood(tmp_path: Path) -> None:
    sheet = read_sheet(saved(tmp_path, "sep=;\r\nsku;alt, long\r\nA;b\r\n"))
    assert sheet.columns == ("sku", "alt, long")
    assert sheet.rows[0].line == 3


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "is empty"),
        ("\r\n ; \r\n", "is empty"),
        ("a,,c\n", "column 2 has no heading"),
        ("a,b,a\n", "'a' twice"),
        ("a,b\n1,2,3\n", "line 2 has 3 cells"),
        ('a,b\n"1" x,2\n', "line 2 is no CSV"),
        ('a,b\n1,"2\n', "is no CSV"),
        ("Größe,b\n".encode("cp1252"), "not written in UTF-8"),
        (b"a,b\n1,\0\n", "zero byte"),
        (f"a,b\n1,{'x' * 200_000}\n", "line 2 is no CSV"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, content: str | bytes, problem: str) -> None:
    path = saved(tmp_path, content)
    with pytest.raises(CsvInvalid, match=problem) as caught:
        read_sheet(path)
    assert caught.value.subject == str(path)


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    for path in (pipe, tmp_path, tmp_path / "missing.csv"):
        with pytest.raises(CsvInvalid):
            read_sheet(path)


def test_a_file_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with path.open("wb") as stream:
        stream.truncate(LARGEST + 1)
    with pytest.raises(CsvInvalid, match="larger than 64 MB"):
        read_sheet(path)


CELLS = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n'\"=+-@;,\t"), max_size=12
).map(str.strip)


@given(
    rows=st.lists(st.tuples(CELLS, CELLS), max_size=6),
    delimiter=st.sampled_from([",", ";", "\t"]),
    bom=st.booleans(),
)
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, str]],
    delimiter: str,
    bom: bool,
) -> None:
    data = write_sheet(("sku", "text"), rows, delimiter=delimiter, bom=bom)
    sheet = read_sheet(saved(tmp_path_factory.mktemp("csv"), data))
    wanted = [pair for pair in rows if any(pair)]
    assert [tuple(row.cells.values()) for row in sheet.rows] == wanted


@given(st.text(max_size=20))
def test_no_cell_is_a_formula_or_moves_a_cursor(text: str) -> None:
    data = write_sheet(("a",), [(text,)]).decode()
    cell = data.split("\r\n", 1)[1].removeprefix('"')
    assert not cell.startswith(("=", "+", "-", "@", "\t"))
    controls = {character for character in data if unicodedata.category(character) == "Cc"}
    assert controls <= {"\r", "\n", "\t"}


def test_a_machine_gets_the_texts_as_they_are() -> None:
    assert write_sheet(("a",), [("-10 %",)], guard=False) == b"a\r\n-10 %\r\n"
    assert write_sheet(("a",), [("-10 %",)]) == b"a\r\n'-10 %\r\n"
