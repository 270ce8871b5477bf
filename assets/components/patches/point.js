// Pointing and choosing: with a mouse, a finger or the keyboard.

const nameOf = ({ data }, [row, column]) => filled(data.text.patch, { column: column + 1, row: row + 1 });

// "c3 r5 → c9 r2: 0.021": what the pinned patch or box gives to the one that is pointed at.
function hoverText(view, cell) {
  const { data } = view;
  const row = pinnedRow(view);
  if (!row) return nameOf(view, cell);
  if (!canLook(view, cellAt(view, data.asks), cell)) return filled(data.text.outside, { looks: nameOf(view, cell) });
  const asks = data.box ? data.text.box : nameOf(view, cellAt(view, data.asks));
  return spoken(view, asks, cell, row);
}

const spoken = (view, asks, looks, row) => {
  const { text, decimals } = view.data;
  return filled(text.hover, { asks, looks: nameOf(view, looks), value: exactly(row[indexOf(view, looks)], decimals) });
};

// In windows a patch that would ask is mostly in another one than the pinned patch: it says where it looks most itself.
function tipText(view, cell) {
  const { data } = view;
  if (!data.window || data.touch !== "asks") return hoverText(view, cell);
  const row = rowOf(view, indexOf(view, cell));
  return spoken(view, nameOf(view, cell), cellAt(view, row.indexOf(row.reduce((most, value) => Math.max(most, value)))), row);
}

function point(view, cell) {
  view.cursor = cell;
  view.tip.hidden = true;
  if (cell && !view.drag) {
    const [left, top, width, height] = boxOf(view, cell);
    showTip(view, tipText(view, cell), left + width / 2, top, height);
  }
  draw(view);
}

const isOne = ([from, to]) => String(from) === String(to);

// What is chosen is shown at once; Python's answer follows.
function choose(view, from, to = from) {
  const { data } = view;
  view.drag = null;
  if (data.touch === "looks" && !canLook(view, cellAt(view, data.asks), from)) return point(view, from);
  if (isOne([from, to]) && data.touch === "looks") {
    data.looks = indexOf(view, from);
    view.setTriggerValue("chosen", { looks: data.looks });
  } else if (isOne([from, to])) {
    Object.assign(data, { asks: indexOf(view, from), box: null, looks: null });
    view.setTriggerValue("chosen", { asks: data.asks });
  } else {
    const sorted = (axis) => [from[axis], to[axis]].sort((a, b) => a - b);
    const [[top, bottom], [left, right]] = [sorted(0), sorted(1)];
    Object.assign(data, { box: [[top, left], [bottom, right]], looks: null });
    view.setTriggerValue("chosen", { box: [left, top, right, bottom] });
  }
  view.sent.push(asked(data));
  point(view, view.cursor);
}

const asked = ({ asks, box }) => JSON.stringify([box ? null : asks, box]);

// An answer to a click that others have followed since does not take their place.
function receivePin(view, told) {
  const { data, sent } = view;
  const place = sent.indexOf(asked(told));
  const outdated = place >= 0 && place < sent.length - 1;
  view.sent = outdated ? sent.slice(place + 1) : [];
  if (!outdated || asked(told) === asked(data)) return told;
  return { ...told, asks: data.asks, box: data.box, looks: data.looks };
}

function onKey(view, event) {
  const { data } = view;
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const here = view.cursor ?? (data.box ? data.box[0] : cellAt(view, data.asks));
  if (event.key === "Escape") {
    view.drag = null;
    return point(view, null);
  }
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    return view.drag ? choose(view, ...view.drag) : choose(view, here);
  }
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  const inside = (at, size) => Math.max(0, Math.min(size - 1, at));
  const next = [inside(here[0] + step[0], data.rows), inside(here[1] + step[1], data.columns)];
  view.drag = event.shiftKey && data.touch !== "looks" && !data.window ? [view.drag?.[0] ?? here, next] : null;
  point(view, next);
  view.said.textContent = view.drag ? `${nameOf(view, view.drag[0])} – ${nameOf(view, next)}` : tipText(view, next);
}

// The patch under the pointer; a box that is dragged over the edge ends there.
function spot({ canvas, place: { x, y } }, event) {
  const box = canvas.getBoundingClientRect();
  const find = (edges, at) => Math.max(0, Math.min(edges.length - 2, edges.findLastIndex((edge) => edge <= at)));
  return [find(y, event.clientY - box.top), find(x, event.clientX - box.left)];
}

function wirePointing(view) {
  const { canvas } = view;
  let held = null;
  canvas.onpointerdown = (event) => {
    if (event.button) return;
    held = spot(view, event);
    if (drags(view, event)) canvas.setPointerCapture(event.pointerId);
  };
  canvas.onpointermove = (event) => {
    const cell = spot(view, event);
    if (held && drags(view, event)) {
      view.drag = isOne([held, cell]) && !view.drag ? null : [held, cell];
      return point(view, cell);
    }
    if (event.pointerType !== "touch" && String(cell) !== String(view.cursor)) point(view, cell);
  };
  canvas.onpointerup = (event) => {
    const cell = spot(view, event);
    if (held && (view.drag || isOne([held, cell]))) {
      view.cursor = cell;
      choose(view, held, view.drag ? cell : held);
    }
    held = null;
  };
  canvas.onpointercancel = () => {
    held = view.drag = null;
    point(view, null);
  };
  canvas.onpointerleave = (event) => event.pointerType !== "touch" && !held && point(view, null);
  canvas.onkeydown = (event) => onKey(view, event);
  canvas.onblur = () => {
    view.drag = null;
    point(view, null);
  };
}

// A mouse draws a box wherever a patch may ask; a finger only where boxes were asked for, as it also scrolls the page.
// Patches of one box may be in several windows: there only one asks.
const drags = ({ data }, event) =>
  !data.window && (data.touch === "box" || (data.touch === "asks" && event.pointerType === "mouse"));
