"""The page's plots: small pictures in SVG, drawn from numbers alone."""

from collections.abc import Sequence

import numpy as np
from markupsafe import Markup

WIDTH, HEIGHT = 420, 220
_LEFT, _BOTTOM, _TOP, _RIGHT = 46, 34, 12, 14


def interval_bar(value: float, low: float, high: float, top: float, other: float | None) -> Markup:
    """A bar of a value with its interval; a tick where the other run lies. 0 at the left."""
    scale = 120 / top if top else 0

    def at(number: float) -> str:
        return f"{max(0.0, min(120.0, number * scale)):.1f}"

    tick = ""
    if other is not None:
        tick = f'<line x1="{at(other)}" x2="{at(other)}" y1="1" y2="15" class="tick"/>'
    return Markup(
        '<svg class="bar" viewBox="0 0 120 16" width="120" height="16" role="img" '
        f'aria-label="{value:.3f}">'
        '<rect x="0" y="4" width="120" height="8" class="ground"/>'
        f'<rect x="0" y="4" width="{at(value)}" height="8" class="value"/>'
        f'<line x1="{at(low)}" x2="{at(high)}" y1="8" y2="8" class="spread"/>{tick}</svg>'
    )


def curve(points: Sequence[tuple[float, float]], across: str, up: str) -> Markup:
    """A line through points of the unit square, both axes from 0 to 100 %."""
    if not points:
        return Markup("")
    line = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in points)
    return _plot(f'<polyline points="{line}" class="line"/>', across, up, percent=True)


def histogram(values: Sequence[float], across: str, unit: str, bins: int = 24) -> Markup:
    """How often values lie in each of equal ranges; nothing where there are no values."""
    if not values:
        return Markup("")
    counts, edges = np.histogram(values, bins=bins)
    most = int(counts.max())
    width = (_x(1) - _x(0)) / bins - 1
    bars = "".join(
        f'<rect x="{_x(place / bins):.1f}" y="{_y(count / most):.1f}" width="{width:.1f}" '
        f'height="{_y(0) - _y(count / most):.1f}" class="value"/>'
        for place, count in enumerate(counts.tolist())
    )
    labels = _label(_LEFT, HEIGHT - 16, f"{edges[0]:.3g}{unit}", "start")
    labels += _label(WIDTH - _RIGHT, HEIGHT - 16, f"{edges[-1]:.3g}{unit}", "end")
    labels += _label(_LEFT - 6, _y(1) + 4, str(most), "end")
    return _plot(bars + labels, across, across, percent=False)


def _plot(inside: str, across: str, up: str, *, percent: bool) -> Markup:
    grid = ""
    for step in range(5) if percent else ():
        share = step / 4
        grid += _rule(_y(share), "grid")
        grid += _label(_LEFT - 6, _y(share) + 4, f"{share:.0%}", "end")
        grid += _label(_x(share), HEIGHT - 18, f"{share:.0%}", "middle")
    upright = f'<line x1="{_LEFT}" x2="{_LEFT}" y1="{_y(0)}" y2="{_y(1)}" class="axis"/>'
    axes = _rule(_y(0), "axis") + upright
    names = _label((WIDTH + _LEFT) / 2, HEIGHT - 3, across, "middle")
    return Markup(
        f'<svg class="plot" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" aria-label="{Markup.escape(up)}">{grid}{axes}{inside}{names}</svg>'
    )


def _rule(y: float, kind: str) -> str:
    return f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" class="{kind}"/>'


def _x(share: float) -> float:
    return _LEFT + share * (WIDTH - _LEFT - _RIGHT)


def _y(share: float) -> float:
    return HEIGHT - _BOTTOM - share * (HEIGHT - _BOTTOM - _TOP)


def _label(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{Markup.escape(text)}</text>'
