"""What commands print: nothing unsafe, bars on terminals and lines elsewhere."""

from __future__ import annotations

import io
import unicodedata
from contextlib import redirect_stderr, redirect_stdout

import pytest
import tomli
from hypothesis import example, given
from hypothesis import strategies as st

from tui.cli.output import duration, echo, echo_toml, note, progress, table
from tui.safe_text import is_unsafe, safe


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@given(st.text())
def test_no_control_character_is_left(text: str) -> None:
    assert not any(unicodedata.category(character) == "Cc" for character in safe(text))
    assert len(safe(text)) == len(text)


def test_bidirectional_overrides_are_shown_as_what_they_are() -> None:
    assert safe("exe.\u202egpj") == "exe.�gpj"


def test_letters_of_every_script_stay() -> None:
    assert safe("Größe 尺寸 اندازه‌ها 👩‍🎨") == "Größe 尺寸 اندازه‌ها 👩‍🎨"


def test_a_table_aligns_words_left_and_numbers_right(capsys: pytest.CaptureFixture[str]) -> None:
    table(["name", "size"], [["a", 5], ["long", 1200]])
    assert capsys.readouterr().out == "name  size\na        5\nlong  1200\n"


def test_progress_is_plain_lines_where_there_is_no_terminal() -> None:
    stream = io.StringIO()
    with progress(2, "cut", stream) as bar:
        bar.say("a\x1b[31m.jpg: is truncated")
        bar.step("a.jpg")
        bar.step("b.jpg")
    assert stream.getvalue() == "a�[31m.jpg: is truncated\ncut 2/2\n"


def test_progress_on_a_terminal_cleans_up_after_itself() -> None:
    stream = _Terminal()
    with progress(2, "cut", stream) as bar:
        bar.step("a.jpg")
    assert "1/2" in stream.getvalue()
    assert stream.getvalue().endswith("\r\x1b[2K")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 s"), (59.6, "60 s"), (200, "3 min"), (3600, "1 h 0 min"), (7800, "2 h 10 min")],
)
def test_durations_are_said_as_people_do(seconds: float, said: str) -> None:
    assert duration(seconds) == said


@given(st.text())
def test_nothing_is_printed_raw_though_a_command_forgot(text: str) -> None:
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        echo(text)
        note(text)
    for printed in (out.getvalue(), err.getvalue()):
        assert not any(is_unsafe(each) for each in printed.replace("\n", ""))


@given(st.dictionaries(st.text(min_size=1, max_size=8), st.text(max_size=20), max_size=4))
@example({"note": "two\r\nlines"})
def test_toml_is_printed_escaped_and_means_the_same(content: dict[str, str]) -> None:
    with redirect_stdout(io.StringIO()) as out:
        echo_toml(content)
    assert not any(is_unsafe(each) for each in out.getvalue().replace("\n", ""))
    assert tomli.loads(out.getvalue()) == content
