"""Every key of the workstation, in one place.

Screens and widgets take their bindings from here, the palette and the keys panel list them from
here, so that none of the three can say what the others do not. An id is what a user's own keymap
will name: it never changes; its part before the dot is the section of the keys panel.
"""

from __future__ import annotations

from tui.keys import Key

LIST = (
    Key("move.down", "j", "cursor(1)", "Down", "Go to the next line."),
    Key("move.up", "k", "cursor(-1)", "Up", "Go to the line before."),
    Key("move.fold", "h", "fold", "Fold", "Fold the SKU away; its photos become one line."),
    Key("move.unfold", "l", "unfold", "Unfold", "Show the photos of a folded SKU."),
    Key("move.fold_all", "H", "fold_all", "Fold all", "Fold every SKU, or unfold all again."),
    Key("move.top", "g,home", "top", "Top", "Go to the first line."),
    Key("move.bottom", "G,end", "bottom", "Bottom", "Go to the last line."),
    Key("move.page_down", "pagedown,ctrl+d", "page(1)", "Page down", "Go down by a page."),
    Key("move.page_up", "pageup,ctrl+b", "page(-1)", "Page up", "Go up by a page."),
    Key("move.next_sku", "right_curly_bracket", "sku(1)", "Next SKU", "Go to the next SKU."),
    Key("move.last_sku", "left_curly_bracket", "sku(-1)", "Previous SKU", "Go to the SKU before."),
    Key(
        "mark.toggle", "space", "mark", "Mark",
        "Mark the photo, or the whole SKU on its heading, and go on to the next.", footer=True,
    ),
    Key(
        "mark.range", "v", "range", "Range",
        "Start a range here; moving extends it, v again marks what is in it.",
    ),
    Key("mark.all", "ctrl+a", "mark_all", "Mark all", "Mark every photo that the list shows."),
)  # fmt: skip
"""Keys of the photo list."""

BROWSE = (
    Key(
        "mark.filter", "slash", "filter", "Filter",
        "Show only what matches: words of a name, is:cut, view:front, has:halo; ! inverts.",
        footer=True,
    ),
    Key("mark.next", "n", "match(1)", "Next match", "Go to the next photo that matches."),
    Key("mark.previous", "N", "match(-1)", "Previous match", "Go to the match before."),
    Key(
        "mark.escape", "escape", "escape", "Back",
        "Leave the range, then the zoom, the marks and the filter, one at a time.",
    ),
    Key("look.next_view", "tab", "view(1)", "Next view", "Show the next view of the photo."),
    Key("look.previous_view", "shift+tab", "view(-1)", "Previous view", "Show the view before."),
    Key(
        "look.original", "backslash", "toggle_view('original')", "Before / after",
        "Show the original photo, and the view before it again.",
    ),
    Key("look.matte", "m", "toggle_view('matte')", "Matte", "Show the matte: white is kept."),
    Key("look.black", "b", "toggle_view('black')", "On black", "Show the cutout on black."),
    Key("look.white", "w", "toggle_view('white')", "On white", "Show the cutout on white."),
    Key(
        "look.overlay", "t", "toggle_view('overlay')", "Overlay",
        "Tint what will be taken away, over the original.",
    ),
    Key(
        "look.actual", "z", "zoom(1.0)", "1:1",
        "One photo pixel per screen pixel, and back to the whole photo.",
    ),
    Key("look.double", "Z", "zoom(2.0)", "200%", "Twice as large: where edges are judged."),
    Key("look.closer", "plus,equals_sign", "zoom_step(1)", "Closer", "Zoom in by one step."),
    Key("look.farther", "minus", "zoom_step(-1)", "Farther", "Zoom out by one step."),
    Key("look.fit", "f", "fit", "Fit", "Show the whole photo."),
    Key("look.next_defect", "J", "defect(1)", "Next defect", "Look at the matte's next defect."),
    Key("look.last_defect", "K", "defect(-1)", "Previous defect", "Look at the defect before."),
    Key("look.left", "left", "arrow(-1,0)", "Left", "Fold the SKU; zoomed in, move left."),
    Key("look.right", "right", "arrow(1,0)", "Right", "Unfold the SKU; zoomed in, move right."),
    Key("look.up", "up", "arrow(0,-1)", "Up", "Go to the line before; zoomed in, move up."),
    Key("look.down", "down", "arrow(0,1)", "Down", "Go to the next line; zoomed in, move down."),
    Key(
        "work.cut", "s", "cut", "Cut",
        "Queue the marked photos, or the one under the cursor, to be cut.", footer=True,
    ),
    Key(
        "work.cut_similar", "S", "cut_similar", "Cut similar",
        "Queue every photo like this one that has no matte yet: same view, size and format.",
    ),
    Key(
        "work.adjust", "a", "adjust", "Adjust",
        "Turn the knobs of this photo's recipe and see what comes of it, before it is cut again.",
    ),
    Key("work.copy_recipe", "C", "copy_recipe", "Copy recipe", "Copy this matte's recipe."),
    Key(
        "work.paste_recipe", "V", "paste_recipe", "Paste recipe",
        "Cut the marked photos, or this one, with the recipe that was copied.",
    ),
    Key(
        "judge.approve", "p", "approve", "Approve",
        "Approve the marked photos, or this one; again takes it back.", footer=True,
    ),
    Key(
        "judge.reject", "x", "reject", "Reject",
        "Reject the marked photos, or this one, with reasons; again takes it back.", footer=True,
    ),
    Key("judge.approve_sku", "P", "approve_sku", "Approve SKU", "Approve every matte of the SKU."),
    Key("judge.reject_sku", "X", "reject_sku", "Reject SKU", "Reject every matte of the SKU."),
    Key("judge.undo", "u", "undo", "Undo", "Take back the last verdict, also of earlier days."),
    Key("judge.redo", "ctrl+r", "redo", "Redo", "Give the verdict again that was taken back."),
    Key(
        "judge.advance", "A", "toggle_advance", "Auto-advance",
        "After a verdict, go to the next photo that waits for one; on or off.",
    ),
    Key(
        "work.export", "E", "export", "Export",
        "Write files with a preset, from the marked photos or from all approved ones.",
        footer=True,
    ),
    Key("work.rescan", "R", "rescan", "Rescan", "Look for new, changed and missing files."),
    Key("work.copy", "y", "copy_path", "Copy path", "Copy the photo's path to the clipboard."),
)  # fmt: skip
"""Keys of the Browse screen."""

ADJUST = (
    Key("adjust.next", "j,down", "knob(1)", "Next knob", "Go to the next knob."),
    Key("adjust.previous", "k,up", "knob(-1)", "Previous knob", "Go to the knob before."),
    Key("adjust.less", "h,left", "turn(-1)", "Less", "Turn the knob back.", footer=True),
    Key("adjust.more", "l,right", "turn(1)", "More", "Turn the knob on.", footer=True),
    Key("adjust.much_less", "H", "turn(-5)", "Much less", "Turn the knob back by five steps."),
    Key("adjust.much_more", "L", "turn(5)", "Much more", "Turn the knob on by five steps."),
    Key("adjust.reset", "0", "reset", "Begin again", "Give every knob the value that it had."),
    Key(
        "adjust.flicker", "c", "flicker", "Before",
        "Show the matte of the recipe before, and again that of the one being tried.", footer=True,
    ),
    Key(
        "adjust.scope", "a", "scope", "Which photos",
        "Take the recipe for this photo, for the marked ones, or for the whole SKU.", footer=True,
    ),
    Key("adjust.accept", "enter", "accept", "Cut so", "Cut with this recipe.", footer=True),
    Key("adjust.leave", "escape", "leave", "Leave", "Forget the recipe.", footer=True),
)  # fmt: skip
"""Keys of the knobs; the others of Browse go on working while they are turned."""

QUEUE = (
    Key("queue.down", "j,down", "scroll(1)", "Down", "Scroll down."),
    Key("queue.up", "k,up", "scroll(-1)", "Up", "Scroll up."),
    Key("queue.retry", "r", "retry", "Retry failures", "Queue what failed again.", footer=True),
    Key(
        "queue.pause", "space", "pause", "Pause",
        "Start no further photo, or go on; those under way end normally.", footer=True,
    ),
    Key(
        "queue.cancel", "c", "cancel", "Cancel waiting",
        "Drop what waits; what is finished or under way is kept.", footer=True,
    ),
    Key("queue.back", "escape", "app.show('browse')", "Back", "Go back to the photos."),
)  # fmt: skip
"""Keys of the Queue screen."""

DELIVER = (
    Key("queue.down", "j,down", "scroll(1)", "Down", "Scroll down."),
    Key("queue.up", "k,up", "scroll(-1)", "Up", "Scroll up."),
    Key("work.export", "E", "export", "Export", "Write files with a preset.", footer=True),
    Key("queue.back", "escape", "app.show('browse')", "Back", "Go back to the photos."),
)
"""Keys of the Deliver screen."""

APP = (
    Key("app.browse", "f2", "show('browse')", "Browse", "Show the photos."),
    Key("app.queue", "f3", "show('queue')", "Queue", "Show what runs, waits and failed."),
    Key("app.deliver", "f5", "show('deliver')", "Deliver", "Show what was exported, and export."),
    Key(
        "app.palette", "ctrl+p,colon", "command_palette", "Commands",
        "Find any action by name and run it.",
    ),
    Key("app.keys", "question_mark", "keys", "Keys", "List the keys of this screen.", footer=True),
    Key(
        "app.glossary", "f1", "glossary", "Help",
        "Search all of the help: words of the trade, messages, pages, commands, keys.", footer=True,
    ),
    Key("app.journal", "f8", "journal", "Log", "List every notice of this run."),
    Key(
        "app.suspend", "ctrl+z", "suspend_process", "To the shell",
        "Put packshot aside and go to the shell; fg comes back.",
    ),
    Key("app.theme", "f9", "next_theme", "Theme", "Go through the dark, light and high-contrast "
        "theme."),
    Key(
        "app.redraw", "ctrl+l", "redraw", "Redraw",
        "Draw the screen afresh and send the picture again.",
    ),
    Key(
        "app.quit", "q,ctrl+q,ctrl+c", "quit", "Quit",
        "Leave; asks first while photos are being cut.", footer=True,
    ),
)  # fmt: skip
"""Keys that work on every screen."""

CHOOSE = (
    Key("dialog.down", "j,down", "cursor_down", "Down", "Go to the next choice."),
    Key("dialog.up", "k,up", "cursor_up", "Up", "Go to the choice before."),
    Key("dialog.first", "g,home", "first", "First", "Go to the first choice."),
    Key("dialog.last", "G,end", "last", "Last", "Go to the last choice."),
)
"""Keys of a list of choices in a dialog."""

REJECT = (
    *(
        Key(
            f"dialog.reason_{number}", str(number), f"choose({number - 1})", f"Reason {number}",
            "Choose or drop the reason with this number.",
        )
        for number in range(1, 10)
    ),
    Key("dialog.toggle", "space", "choose", "Choose", "Choose or drop this reason.", footer=True),
    Key(
        "dialog.next", "tab", "app.focus_next", "Note",
        "Go between the reasons and the note.", footer=True,
    ),
    Key("dialog.reject", "enter", "accept", "Reject", "Reject with these reasons.", footer=True),
    Key("dialog.cancel", "escape", "dismiss(None)", "Cancel", "Change nothing.", footer=True),
)  # fmt: skip
"""Keys of the reasons dialog."""

PRESETS = (
    Key(
        "dialog.scope", "tab", "next_scope", "Which photos",
        "Export the approved photos, the marked ones, or all that are cut.", footer=True,
    ),
    Key("dialog.export", "enter", "accept", "Export", "Export with this preset.", footer=True),
    Key("dialog.cancel", "escape", "dismiss(None)", "Cancel", "Change nothing."),
)  # fmt: skip
"""Keys of the export dialog."""

CONFIRM = (
    Key("dialog.yes", "y,enter", "dismiss(True)", "Yes", "Do it.", footer=True),
    Key("dialog.no", "n,escape,q", "dismiss(False)", "No", "Change nothing.", footer=True),
)
"""Keys of a question."""

GLOSSARY = (
    Key("dialog.term_down", "down,ctrl+n", "move(1)", "Next", "Go to the next line.", footer=True),
    Key("dialog.term_up", "up", "move(-1)", "Previous", "Go to the line before."),
    Key("dialog.link", "tab", "link(1)", "Related", "Go to the next related term.", footer=True),
    Key("dialog.link_back", "shift+tab", "link(-1)", "Related before", "Go to the one before."),
    Key("dialog.follow", "enter", "follow", "Follow", "Read the related term.", footer=True),
    Key("dialog.back", "ctrl+b", "back", "Back", "Read again what was read before."),
    Key("dialog.copy", "ctrl+y", "copy", "Copy", "Copy what is read as text.", footer=True),
    Key("dialog.read_down", "pagedown", "scroll(1)", "Scroll down", "Scroll what is read down."),
    Key("dialog.read_up", "pageup", "scroll(-1)", "Scroll up", "Scroll what is read up."),
    Key("dialog.close", "escape,f1", "dismiss", "Close", "Close the help.", footer=True),
)
"""Keys of the help panel."""

HELP = (
    Key("dialog.scroll_down", "j,down", "scroll(1)", "Down", "Scroll down.", footer=True),
    Key("dialog.scroll_up", "k,up", "scroll(-1)", "Up", "Scroll up.", footer=True),
    Key(
        "dialog.close_keys",
        "escape,question_mark,q",
        "dismiss",
        "Close",
        "Close this list.",
        footer=True,
    ),
)
"""Keys of the keys panel."""

JOURNAL = (
    Key("dialog.scroll_down", "j,down", "scroll(1)", "Down", "Scroll down.", footer=True),
    Key("dialog.scroll_up", "k,up", "scroll(-1)", "Up", "Scroll up.", footer=True),
    Key("dialog.log_down", "pagedown,space", "scroll(10)", "Page down", "Scroll a page down."),
    Key("dialog.log_up", "pageup", "scroll(-10)", "Page up", "Scroll a page up."),
    Key("dialog.close_log", "escape,f8,q", "dismiss", "Close", "Close the log.", footer=True),
)
"""Keys of the log."""

FILTER = (
    Key("mark.close_filter", "escape", "close", "Clear", "Show every photo again.", footer=True),
    Key(
        "mark.keep_filter",
        "enter,down",
        "keep",
        "Keep",
        "Go to the list; the filter stays.",
        footer=True,
    ),
)
"""Keys of the filter line."""

DIALOGS = (*CHOOSE, *REJECT, *PRESETS, *CONFIRM, *GLOSSARY, *HELP, *JOURNAL, *FILTER)

CONTEXTS = {
    "Browse": (*LIST, *BROWSE, *APP),
    "Queue": (*QUEUE, *APP),
    "Deliver": (*DELIVER, *APP),
    "the knobs": ADJUST,
    "the reasons": (*CHOOSE, *REJECT),
    "the presets": (*CHOOSE, *PRESETS),
    "a question": CONFIRM,
    "the glossary": GLOSSARY,
    "the keys": HELP,
    "the log": JOURNAL,
    "the filter": FILTER,
}
"""The keys that are active together, by where: among them a key has one meaning."""

TYPING = frozenset(key.id for key in (*GLOSSARY, *FILTER))
"""Ids of the actions beside a line in which one types: no character may run them."""

KEYS = (*LIST, *BROWSE, *ADJUST, *QUEUE, *DELIVER, *APP, *DIALOGS)
"""All of them."""

_BY_ID = {key.id: key for key in KEYS}


def find(binding_id: str | None) -> Key | None:
    """Return the key with an id, or nothing for a binding that is not ours."""
    return _BY_ID.get(binding_id or "")
