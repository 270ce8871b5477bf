// Lines between the active word and the others: thickness and opacity are the weight, the hue is the head's.
// They leave by a chip's upper or lower edge; where they pass other rows, they pass behind the chips.

const LINE_FROM = 0.01;
const MOST_LINES = 150; // the strongest; more would be a grey cloud

// Where every chip stands, in the flow's own coordinates. Read at once, so that the browser lays out once.
function measure(view) {
  view.place = view.chips.map(({ button, share, ticks }) => ({
    left: button.offsetLeft, width: button.offsetWidth, middle: button.offsetLeft + button.offsetWidth / 2,
    top: button.offsetTop, bottom: button.offsetTop + button.offsetHeight, below: Math.max(share.offsetTop + share.offsetHeight, ticks.offsetTop + ticks.offsetHeight),
  }));
  view.ground = { width: view.flow.clientWidth, height: view.flow.scrollHeight };
}

const RING = 5; // the frame of a pinned word

// The curve from the word that asks to the one it looks at; `side` sets the heads' lines apart.
function curve(view, asks, looks, side) {
  const [from, to] = [view.place[asks], view.place[looks]];
  const spread = (box) => box.middle + Math.max(-1, Math.min(1, side)) * Math.min(14, box.width / 2 - 6);
  const [x1, x2] = [spread(from), spread(to)];
  const point = (x, y) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  if (Math.abs(from.top - to.top) < 4) {
    const y = from.top - RING + 1;
    if (asks === looks) return `M${point(x1 - 5, y)}C${point(x1 - 16, y - 26)} ${point(x1 + 16, y - 26)} ${point(x1 + 5, y)}`;
    const height = Math.min(view.room - RING, 12 + 0.16 * Math.abs(x2 - x1));
    const lean = 0.12 * (x2 - x1);
    return `M${point(x1, y)}C${point(x1 + lean, y - (4 / 3) * height)} ${point(x2 - lean, y - (4 / 3) * height)} ${point(x2, y)}`;
  }
  const under = (box, i) => (view.chips[i].said ? box.below : box.bottom + RING);
  const down = from.top < to.top;
  const y1 = down ? under(from, asks) : from.top - RING + 1;
  const y2 = down ? to.top - RING + 1 : under(to, looks);
  const bend = (down ? 1 : -1) * Math.max(view.room * 0.8, Math.min(90, 0.45 * Math.abs(y2 - y1)));
  return `M${point(x1, y1)}C${point(x1, y1 + bend)} ${point(x2, y2 - bend)} ${point(x2, y2)}`;
}

function linesOf(view, active) {
  const heads = active == null ? [] : drawnHeads(view);
  const lines = [];
  heads.forEach((head, at) => {
    const side = heads.length > 1 ? (2 * at) / (heads.length - 1) - 1 : 0;
    for (let other = 0; other < view.chips.length; other++) {
      const weight = weightOf(view, head, active, other);
      if (weight >= LINE_FROM) lines.push({ weight, head, other, side });
    }
  });
  lines.sort((one, other) => one.weight - other.weight);
  return lines.slice(-MOST_LINES);
}

// The lines as SVG: numbers and colours only, nothing that a reader typed.
function linesSvg(view, active) {
  const faintest = view.heads > 4 ? 0.1 : 0.2; // many heads: the small shares step back
  return linesOf(view, active).map(({ weight, head, other, side }) => {
    const path = view.data.direction === "in" ? curve(view, other, active, side) : curve(view, active, other, side);
    const share = Math.min(1, weight / view.data.top);
    return `<path d="${path}" fill="none" stroke="${view.lineColors[head]}" stroke-width="${(1 + 6 * share).toFixed(2)}" stroke-opacity="${(faintest + (0.95 - faintest) * share).toFixed(3)}" stroke-linecap="round"/>`;
  });
}

function drawLines(view, active) {
  if (view.place?.length !== view.chips.length) return;
  view.svg.innerHTML = linesSvg(view, active).join("");
}
