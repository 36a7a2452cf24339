"""How the site is built: ``sphinx-build -W docs site``."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from engine.session.checklists import read_checklists
from presets.loader import list_presets
from tui import __version__
from tui.help.exemplars import samples
from tui.help.publish import publish
from tui.help.wiki import wiki_pages
from tui.help.wiki_exemplars import exemplar_pictures
from tui.keys.contexts import KEYS

project = "packshot"
release = version = __version__
extensions = ["myst_parser"]
exclude_patterns = ["_build"]
html_theme = "alabaster"
html_theme_options = {"description": "Cuts product photos out of their background, locally."}
myst_heading_anchors = 3
# The pages of the help stand in no table of contents but their own index.
suppress_warnings = ["toc.not_included"]
html_copy_source = False


def setup(app: Sphinx) -> None:
    """Have glossary, playbook, checklists, exemplars and presets written before they are read."""
    folder = Path(app.srcdir) / "handbook"
    folder.mkdir(exist_ok=True)
    exemplars = samples()
    pages = wiki_pages(read_checklists(), list_presets().presets, KEYS, exemplars=exemplars)
    publish(folder, {**pages, **exemplar_pictures(exemplars)})
