# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader's script sees of a program: AT-SPI, and nothing of its own."""

import re
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  (needs the version before)

MOST_NODES = 4000


def guarded(ask, otherwise):
    """The answer, or `otherwise` where the object has gone since it was found."""
    try:
        return ask()
    except GLib.Error:
        return otherwise


def name(node):
    return guarded(node.get_name, "") or ""


def said(node):
    return guarded(node.get_description, "") or ""


def role(node):
    return guarded(node.get_role, Atspi.Role.INVALID)


def has_state(node, state):
    return guarded(lambda: node.get_state_set().contains(state), False)


def showing(node):
    return has_state(node, Atspi.StateType.SHOWING)


def children(node):
    for i in range(guarded(node.get_child_count, 0)):
        child = guarded(lambda: node.get_child_at_index(i), None)
        if child is not None:
            yield child


def walk(node, tables=False):
    """The node and everything below that is showing; cells of tables only when asked for."""
    left = MOST_NODES
    pending = [node]
    while pending and left > 0:
        left -= 1
        at = pending.pop()
        yield at
        if tables or role(at) not in (Atspi.Role.TABLE, Atspi.Role.TREE_TABLE):
            pending.extend(reversed([child for child in children(at) if showing(child)]))


def find(root, roles=None, named=None, says=None, tables=False):
    """Everything showing below `root` with one of the roles whose name and words match."""
    return [
        node
        for node in walk(root, tables)
        if (roles is None or role(node) in roles)
        and (named is None or re.search(named, name(node)))
        and (says is None or re.search(says, said(node)))
    ]


def actions(node):
    acts = guarded(node.get_action_iface, None)
    return [guarded(lambda: acts.get_action_name(i), "") for i in range(acts.get_n_actions())] if acts else []


def act(node, *wanted):
    """Does the first of the wanted actions that the node knows."""
    known = actions(node)
    for action in wanted:
        if action in known:
            return guarded(lambda: node.get_action_iface().do_action(known.index(action)), False)
    raise Failure(f"{describe(node)} knows the actions {known} and none of {list(wanted)}")


def table_of(node):
    """The heads and rows of a table, as a reader walks through it."""
    cells = node.get_table_iface()
    rows, columns = cells.get_n_rows(), cells.get_n_columns()
    heads = [cells.get_column_description(c) for c in range(columns)]
    found = [[cells.get_accessible_at(r, c) for c in range(columns)] for r in range(rows)]
    return heads, [[name(cell) if cell is not None else "" for cell in row] for row in found]


def describe(node):
    return f"{guarded(node.get_role_name, 'gone')} «{name(node)}» {said(node)[:200]}"


def dump(root, out=sys.stderr):
    """The tree as it is, for whoever looks at a failure."""
    left = MOST_NODES
    pending = [(root, 0)]
    while pending and left > 0:
        left -= 1
        node, depth = pending.pop()
        hidden = "" if showing(node) else " (hidden)"
        print("  " * depth + describe(node) + hidden + (f" {actions(node)}" if actions(node) else ""), file=out)
        if role(node) != Atspi.Role.TABLE:
            pending.extend((child, depth + 1) for child in reversed(list(children(node))))


class Failure(Exception):
    """Something is not as a user of assistive technology needs it."""


def check(condition, text):
    if not condition:
        raise Failure(text)


def hear():
    """Takes in what was told meanwhile: the library keeps what it knows until it hears of a change."""
    loop = GLib.MainContext.default()
    while loop.pending():
        loop.iteration(False)


def wait_for(what, look, seconds=40):
    """The first true answer of `look`; a failure when there was none in time."""
    until = time.monotonic() + seconds
    while True:
        hear()
        found = look()
        if found:
            return found
        if time.monotonic() > until:
            raise Failure(f"not seen within {seconds} s: {what}")
        time.sleep(0.25)


def listen(kind, what, enough, seconds=30):
    """The names of what told a change of that kind, once there are enough of them."""
    heard = []
    listener = Atspi.EventListener.new(lambda event: heard.append(name(event.source)))
    check(listener.register(kind), f"no listening to {kind}")
    try:
        return wait_for(what, lambda: set(heard) if enough(heard) else None, seconds)
    finally:
        listener.deregister(kind)


def application(pid, seconds=40):
    """The program's root, with nothing remembered on our side."""

    def look():
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        for app in children(desktop):
            if guarded(app.get_process_id, 0) == pid:
                return app
        return None

    found = wait_for(f"the program with the process id {pid}", look, seconds)
    found.set_cache_mask(Atspi.Cache.NONE)
    return found
