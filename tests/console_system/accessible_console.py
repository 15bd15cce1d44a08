# SPDX-License-Identifier: GPL-3.0-or-later
"""The console on a real stack, used through AT-SPI alone: figures, tables behind charts, states of sources, an act.

accessible_console.py BIN_DIRECTORY; BINNACLE_STATE_DIR names the stack. Prints what it read."""

import json
import os
import re
import signal
import subprocess
import sys

from atspi_tree import (
    Atspi, Failure, act, actions, application, check, children, describe, dump, find, has_state, listen, name, said, table_of,
    wait_for,
)

BUTTONS = (Atspi.Role.PUSH_BUTTON, Atspi.Role.TOGGLE_BUTTON)
PAGES_WITH_CHARTS = {
    "Overview": 2, "Latency": 3, "Cache": 1, "Database": 1, "Locks": 1, "Pools": 1, "Traffic": 1, "Canary": 1,
    "Degradation": 1,
}
STATES = re.compile(
    r"^(live|late|no data|denied|paused|replay|nothing to show|reply not understood|waiting for the first answer)\b"
)


class Bench:
    def __init__(self, binaries):
        self.binaries = binaries
        self.console = subprocess.Popen([os.path.join(binaries, "binnacle"), "--page", "overview", "--size", "1600x1000"])
        self.app = application(self.console.pid)

    def tool(self, *arguments):
        """One document of a command of ours, the console's independent witness."""
        done = subprocess.run(
            [os.path.join(self.binaries, arguments[0]), *arguments[1:], "--json"],
            stdout=subprocess.PIPE, timeout=60, check=False,
        )
        return json.loads(done.stdout)

    def levels(self):
        signals = self.tool("binnaclectl", "snapshot", "--source", "service")["signals"]
        return [signal_["value"] for signal_ in signals if signal_["id"] == "degradation.level"]

    def open_page(self, title):
        def choose():
            for rail in find(self.app, named="^Pages$"):
                for entry in children(rail):
                    if name(entry) == title:
                        return act(entry, "Press", "Toggle", "Select") or True
            return None

        wait_for(f"the page {title} in the list of pages", choose)

    def close(self):
        self.console.terminate()
        try:
            self.console.wait(20)
        except subprocess.TimeoutExpired:
            self.console.kill()
            raise Failure("the console did not end within 20 s of being asked to") from None


def kpi_values(bench):
    """Each tile of the Overview with its value, its state and its age apart."""

    def read():
        tiles = {}
        for node in find(bench.app, (Atspi.Role.LABEL, Atspi.Role.STATIC, Atspi.Role.PUSH_BUTTON)):
            parts = {name(part): said(part) for part in children(node)}
            if "Value" in parts and "State" in parts:
                tiles[name(node)] = parts
        wanted = ("Requests", "Errors", "p50", "p99", "Cache hits", "Lag", "Pools", "Deadlocks")
        ready = all(re.search(r"\d", tiles.get(tile, {}).get("Value", "")) for tile in wanted)
        return tiles if ready and len(tiles) >= 10 else None

    tiles = wait_for("ten tiles with values", read, 60)
    for tile, parts in tiles.items():
        print(f"  {tile}: {parts['Value']}; {parts['State']}; age {parts.get('Age', 'not told')}")
        check(STATES.search(parts["State"].split(", ")[-1]), f"the tile {tile} tells no state: {parts}")
    rate = float(re.sub(r"[^0-9.]", "", tiles["Requests"]["Value"].split("/")[0]))
    check(10 < rate < 200, f"demo traffic of about 50 requests a second reads as {rate}")


def source_states(bench):
    """Every source that the terminal reads stands in the status line with state and age, and follows what happens."""
    signals = bench.tool("binnaclectl", "snapshot")["signals"]
    wanted = set()
    for source in {signal_["source"] for signal_ in signals} - {"stack"}:  # the console asks it when it acts
        wanted.add("app" if source.startswith("service/") else source.rsplit("/", 1)[-1].replace("-", " ").lower())

    def states():
        lines = find(bench.app, named="^Age of the sources$")
        return {re.sub(r" \d+/\d+$", "", name(part)).lower(): said(part) for line in lines for part in children(line)}

    def all_live():
        now = states()
        return now if all(now.get(source, "").startswith("live") for source in wanted) else None

    wanted.add("control")
    now = wait_for(f"the sources {sorted(wanted)} as live in the status line", all_live, 60)
    for source in sorted(wanted):
        print(f"  {source}: {now[source]}")
        check(re.search(r"\d", now[source]), f"the source {source} tells no age: {now[source]}")

    redis = next(part for part in bench.tool("binnacle-stack", "status")["components"] if part["role"] == "redis")
    os.kill(redis["pid"], signal.SIGSTOP)
    try:
        told = wait_for(
            "redis as late or without data while it is stopped",
            lambda: re.match(r"late|no data", states().get("redis", "")) and states()["redis"],
        )
        print(f"  redis while stopped: {told}")
    finally:
        os.kill(redis["pid"], signal.SIGCONT)
    wait_for("redis as live again", lambda: states().get("redis", "").startswith("live"))


def changes_are_told(bench):
    """Figures that change say so by themselves, each by its name."""
    told = listen(
        "object:property-change:accessible-description", "the tile Requests telling that it changed",
        lambda heard: "Requests" in heard and len(set(heard)) >= 3,
    )
    print(f"  told by {', '.join(sorted(told))}")


def tables_behind_charts(bench):
    """On every page each chart has a name, words and a table of at most 60 rows; live ones have figures in it."""
    for title, least in PAGES_WITH_CHARTS.items():
        bench.open_page(title)

        def charts():
            found = [node for node in find(bench.app, (Atspi.Role.CHART, Atspi.Role.IMAGE)) if behind(node) is not None]
            return found if len(found) >= least else None

        for chart in wait_for(f"{least} charts with tables on {title}", charts):
            check(name(chart), f"a chart on {title} has no name: {describe(chart)}")
            check(said(chart), f"the chart {name(chart)} on {title} says nothing")
            heads, rows = wait_for(
                f"figures behind {name(chart)} on {title}", lambda: figures(behind(chart)), 60 if title == "Latency" else 40
            )
            check(len(rows) <= 60, f"{name(chart)} has {len(rows)} rows")
            print(f"  {title}: {name(chart)}: {len(rows)} rows of {', '.join(heads)}; first {rows[0]}")


def behind(chart):
    return next((child for child in children(chart) if child.get_table_iface() is not None), None)


def figures(table):
    """The table once some row holds a number beside its first cell."""
    heads, rows = table_of(table)
    return (heads, rows) if any(re.search(r"\d", cell) for row in rows for cell in row[1:]) else None


def act_and_take_back(bench):
    """A level is set, seen in effect and undone: buttons pressed and a reason typed by AT-SPI alone."""
    bench.open_page("Degradation")
    check(set(bench.levels()) == {0}, f"levels are {bench.levels()} before")
    press("the button for level 1", lambda: button(bench.app, named=r"^(Set l|L)evel 1"))
    confirm(bench, "through a screen reader")
    wait_for("level 1 in all instances", lambda: set(bench.levels()) == {1}, 60)
    wait_for("level 1 as in force on the page", lambda: find(bench.app, named="^Level 1,", says="in force"))
    print("  level 1 is in force, as the terminal and the page say")
    press("the button that undoes", lambda: button(dialog(bench), named="^Undo"), 60)
    confirm(bench, "taken back through a screen reader")
    wait_for("level 0 in all instances", lambda: set(bench.levels()) == {0}, 60)
    wait_for("level 0 as in force on the page", lambda: find(bench.app, named="^Level 0,", says="in force"))
    print("  level 0 is in force again")


def dialog(bench):
    return next(iter(find(bench.app, (Atspi.Role.DIALOG,))), None)


def button(root, named=None, says=None):
    """A button that can be pressed now."""
    found = find(root, BUTTONS, named, says) if root is not None else []
    return next((b for b in found if has_state(b, Atspi.StateType.ENABLED) and "Press" in actions(b)), None)


def press(what, look, seconds=40):
    pressed = wait_for(what, look, seconds)
    print(f"  presses {describe(pressed)}")
    act(pressed, "Press")


def confirm(bench, reason):
    """Types the reason into the preview and confirms it."""

    def field():
        fields = find(dialog(bench), named="^Reason") if dialog(bench) is not None else []
        return next((f for f in fields if f.get_editable_text_iface() is not None), None)

    wait_for("a reason that can be typed", field).get_editable_text_iface().set_text_contents(reason)
    press("the button that confirms", lambda: button(dialog(bench), says="^Key Ctrl Enter"))


def main():
    bench = Bench(sys.argv[1])
    try:
        for part in (kpi_values, changes_are_told, source_states, tables_behind_charts, act_and_take_back):
            print(part.__doc__, flush=True)
            part(bench)
    except Failure as failure:
        print(f"FAILED: {failure}\nThe tree:", file=sys.stderr)
        dump(bench.app)
        return 1
    finally:
        bench.close()
    return 0


sys.exit(main())
