"""README and docs: what they name exists, and what comes from the code is up to date."""

from __future__ import annotations

import copy
import re
import runpy
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from engine.matting.recipe import Recipe, read_recipe
from engine.session.config import SessionConfig, read_config
from engine.session.filter import problem
from engine.session.session import Session
from presets.loader import read_preset
from tui.cli.main import SUMMARIES, packshot
from tui.help.commands import Command, commands

ROOT = Path(__file__).resolve().parents[3]
PAGES = sorted(
    path
    for path in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").glob("*.md"))
    if not {"reference", "handbook", "_build"} & set(path.relative_to(ROOT).parts)
)
GENERATED = runpy.run_path(str(ROOT / "docs" / "generate.py"))["generated"]()


def ids(path: Path) -> str:
    return str(path.relative_to(ROOT))


def typed_lines(page: Path) -> Iterator[list[str]]:
    """Yield the words behind ``packshot`` of each line of a page's blocks for a shell."""
    for block in re.findall(
        r"^```sh\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE
    ):
        for line in block.replace("\\\n", " ").splitlines():
            for part in re.split(r"&&|\||;| > ", line):
                words = shlex.split(part, comments=True)
                if words and Path(words[0]).name == "packshot":
                    yield words[1:]


def named_lines(page: Path) -> Iterator[str]:
    """Yield what stands behind ``packshot`` wherever a sentence of a page names a command."""
    prose = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    for line in re.findall(r"`(?:\S*/)?packshot\s+([^`]+)`", prose):
        yield " ".join(line.split())


def parsed(words: list[str]) -> click.Command:
    """Return the command that a line runs, after its arguments were read as they would be."""
    command: click.Command = packshot
    context = click.Context(packshot, info_name="packshot")
    while isinstance(command, click.Group):
        if not words:
            return command
        name, found, rest = command.resolve_command(context, words)
        assert found is not None
        command, words = found, rest
        context = click.Context(command, info_name=name, parent=context)
    # A path need not be there; everything else has to be right.
    reading = copy.copy(command)
    reading.params = [copy.copy(param) for param in command.params]
    for param in reading.params:
        if isinstance(param.type, click.Path):
            param.type, param.callback = click.Path(), None
    reading.make_context(context.info_name, list(words), parent=context.parent)
    return command


def toml_blocks(page: Path) -> Iterator[tuple[str, str]]:
    """Yield each TOML file of a page: the path that its first line names, and its text."""
    blocks = re.compile(r"^```toml\n(# (\S+?\.toml).*?)^```", re.DOTALL | re.MULTILINE)
    for text, path in blocks.findall(page.read_text("utf-8")):
        yield path, text


def named(line: str) -> list[Command]:
    """Return the commands that a line in a sentence names: ``seasons list|show`` names two."""
    known, words = commands(), re.sub(r"\\\|", "|", line).split()
    if words[0] not in SUMMARIES:
        return [known["open"]]
    inner = words[1].split("|") if len(words) > 1 else []
    if f"{words[0]} {inner[0] if inner else ''}" in known:
        return [known[f"{words[0]} {name}"] for name in inner if name != "…"]
    return [known[words[0]]]


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_every_line_for_a_shell_can_be_typed(page: Path) -> None:
    for words in typed_lines(page):
        if not {"--help", "--version"} & set(words):
            parsed(words)


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_every_command_in_a_sentence_exists_with_its_options(page: Path) -> None:
    for line in named_lines(page):
        options = {
            word.strip(",")
            for command in named(line)
            for option in command.options
            for word in option.typed.split()
        }
        for word in re.findall(r"(?<!\S)--?[a-z][a-z-]*", line):
            assert word in options | {"--help", "--version"}, f"packshot {line}"


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_every_file_that_a_page_shows_can_be_used(page: Path, tmp_path: Path) -> None:
    assert len(list(toml_blocks(page))) == page.read_text("utf-8").count("```toml")
    for path, text in toml_blocks(page):
        file = tmp_path / Path(path).name
        file.write_text(text, "utf-8")
        if file.name == "packshot.toml":
            assert read_config(tmp_path) != SessionConfig()
        elif "presets/" in path:
            assert read_preset(file).name == file.stem
        else:
            assert read_recipe(file) != Recipe(model="", model_sha256="")


def test_the_names_that_the_page_of_capture_shows_are_read(tmp_path: Path) -> None:
    ((_, text),) = toml_blocks(ROOT / "docs" / "how-to" / "capture.md")
    (tmp_path / "packshot.toml").write_text(text, "utf-8")
    (tmp_path / "front_SKU123.jpg").touch()
    with Session.open(tmp_path) as session:
        session.scan()
        (photo,) = session.photos()
    assert (photo.sku, photo.view) == ("SKU123", "front")


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_every_filter_that_a_page_shows_can_be_asked_for(page: Path) -> None:
    for words in typed_lines(page):
        if "--filter" in words:
            assert problem(words[words.index("--filter") + 1]) is None, words
    for code in re.findall(
        r"`((?:is|has|verdict|view|reason|warning):[^`]+)`", page.read_text("utf-8")
    ):
        assert problem(code) is None, code


def test_the_lines_are_found_and_a_wrong_one_is_refused() -> None:
    assert sum(1 for page in PAGES for _ in typed_lines(page)) > 15
    assert sum(1 for page in PAGES for _ in named_lines(page)) > 40
    with pytest.raises(click.UsageError):
        parsed(["cut", "shoot", "--no-such-option"])
    with pytest.raises(click.UsageError):
        parsed(["export"])
    with pytest.raises(KeyError):
        named("seasons list|burn")


@pytest.mark.parametrize("path", sorted(GENERATED))
def test_what_comes_from_the_code_is_up_to_date(path: str) -> None:
    checked_in = (ROOT / "docs" / path).read_text("utf-8")
    assert checked_in == GENERATED[path], "python docs/generate.py"


def test_the_reference_has_every_command() -> None:
    page = GENERATED["reference/commands.md"]
    for name in commands():
        assert f"\n## packshot {name}\n" in page


@pytest.mark.parametrize(
    "page", [*PAGES, *sorted((ROOT / "docs" / "reference").glob("*.md"))], ids=ids
)
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    for target in re.findall(r"(?<!\\)\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        if "handbook/" not in target:  # written when the site is built
            assert (page.parent / target).exists(), f"{ids(page)}: {target}"
