// Boxes over a picture: a grid and its cells, boxes with labels, and the way from many boxes to few. Python sends
// figures/boxes.py's payload plus the words; a clicked cell goes back as `chosen`, the thresholds and the step as `settings`.

const mounted = new WeakMap();

const within = ([left, top, right, bottom], x, y) => x >= left && x < right && y >= top && y < bottom;

// The smallest box under a point of the picture.
const boxAt = ({ items }, x, y) =>
  items.filter(({ box }) => within(box, x, y)).sort((a, b) => areaOf(a.box) - areaOf(b.box))[0] ?? null;

function placeOf(view, event) {
  const { canvas, place, data: { grid } } = view;
  const frame = canvas.getBoundingClientRect();
  const [x, y] = [event.clientX - frame.left, event.clientY - frame.top].map((at) => at / place.scale);
  const index = (at, count, side) => Math.max(0, Math.min(count - 1, Math.floor(at / side)));
  return { x, y, cell: grid && [index(y, grid.rows, grid.cell[1]), index(x, grid.columns, grid.cell[0])] };
}

function boxText({ data: { words } }, { label, score, box: [left, top, right, bottom] }) {
  return filled(words.hover, { label, score: score.toFixed(2), width: Math.round(right - left), height: Math.round(bottom - top) });
}

// What a cell says: its loudest class, and the box that goes with it.
const saidBy = ({ each, data: { grid } }, [row, column]) => each[row * grid.columns + column];

function cellText(view, cell) {
  const { label, score } = saidBy(view, cell);
  return filled(view.data.words.cell, { row: cell[0] + 1, column: cell[1] + 1, label, score: score.toFixed(2) });
}

// What lies under the pointer, with its words; a grid's cells come before boxes.
function point(view, { cell = null, item = null } = {}) {
  view.cursor = cell;
  view.pointed = cell ? null : item;
  view.tip.hidden = true;
  const { place } = view;
  if (cell) {
    const [x, y, wide, high] = cellBox(view, cell);
    showTip(view, cellText(view, cell), x + wide / 2, y, high);
  } else if (item) {
    const [left, top, right, bottom] = item.box.map((at) => at * place.scale);
    showTip(view, boxText(view, item), (left + right) / 2, Math.max(0, top), Math.min(place.high, bottom) - Math.max(0, top));
  }
  draw(view);
}

const toPoint = (view, { x, y, cell }) => point(view, { cell, item: boxAt(view, x, y) });

function pin(view, cell) {
  if (!cell || !view.data.pinnable) return;
  view.setTriggerValue("chosen", { row: cell[0], column: cell[1] });
}

function onKey(view, event) {
  const { data: { grid, cell }, items } = view;
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape") return point(view);
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    return pin(view, view.cursor);
  }
  if (grid) {
    const size = [grid.rows, grid.columns];
    const next = stepped(event, view.cursor ?? cell ?? size.map((count) => count >> 1), size);
    if (!next) return;
    event.preventDefault();
    point(view, { cell: next });
    view.said.textContent = cellText(view, next);
    return;
  }
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!step || !items.length) return;
  event.preventDefault();
  const at = items.indexOf(view.pointed);
  const item = items[at < 0 ? 0 : (at + step + items.length) % items.length];
  point(view, { item });
  view.said.textContent = boxText(view, item);
}

function wire(view) {
  const { canvas } = view;
  canvas.onpointermove = (event) => event.pointerType === "touch" || toPoint(view, placeOf(view, event));
  canvas.onpointerleave = (event) => event.pointerType === "touch" || point(view);
  canvas.onclick = (event) => {
    const spot = placeOf(view, event);
    toPoint(view, spot);
    pin(view, spot.cell);
  };
  canvas.onkeydown = (event) => onKey(view, event);
  canvas.onblur = () => point(view);
  wireSteps(view);
  view.observer = new ResizeObserver(() => view.data && fit(view));
}

function build(parentElement) {
  const find = (selector) => parentElement.querySelector(selector);
  const view = {
    find, canvas: find("canvas"), root: find(".boxes"), stage: find(".stage"), tip: find(".tip"), said: find(".said"),
    cursor: null, pointed: null, picked: 0, talk: { told: "", sent: [] }, turn: 0,
  };
  view.write = (selector, text) => (find(selector).textContent = text);
  wire(view);
  return view;
}

function fit(view) {
  const width = view.stage.clientWidth;
  if (!width) return;
  const [across, down] = view.data.size;
  const scale = Math.min(width / across, TALLEST / down);
  const [wide, high] = [scale * across, scale * down];
  view.place = { scale, wide, high, below: high < LOW ? LABEL.high + 4 : 0 };
  draw(view);
}

// Everything as the data and the reader say.
function show(view) {
  const { data, find } = view;
  view.items = data.candidates ? drawnAt(view) : data.boxes;
  Object.assign(view, { cursor: null, pointed: null });
  view.tip.hidden = true;
  if (data.candidates) writeSteps(view);
  view.write("figcaption", data.sentence);
  view.write(".keys", data.words.keys);
  const ended = !data.candidates || view.at > view.rounds.length; // only then what is found is told
  find("figcaption").classList.toggle("ahead", !ended);
  find("figcaption").classList.toggle("roomy", data.roomy);
  view.canvas.setAttribute("aria-label", ended ? data.sentence : find(".step").textContent);
  view.canvas.classList.toggle("pinnable", data.pinnable);
  fit(view);
}

function receive(view, data) {
  view.data = data;
  view.root.hidden = false;
  Object.assign(view, pageStyle(view.root));
  for (const part of [".controls", ".step", ".pairs", ".pair"]) view.find(part).hidden = !data.candidates;
  if (data.each) view.each = candidatesOf(data.each, data.each.count);
  if (data.candidates) {
    const { count: many, score, iou, round } = data.candidates;
    view.candidates = candidatesOf(data.candidates, many);
    hear(view, { score, iou, round });
    count(view);
    for (const name of ["score", "iou"]) view.write(`.${name} span`, data.words[`${name}_label`]);
    for (const name of ["first", "previous", "next", "last"]) view.write(`.${name}`, data.words[name]);
  }
  writeTools(view, view.find(".tools"), { png: savePicture, csv: saveBoxes, link: copyLink });
  show(view);
}

function savePicture(view) {
  const { data, place: { wide, high, below: room } } = view;
  point(view);
  const said = data.candidates ? view.find(".step").textContent : data.sentence;
  const below = [[said, 14], [data.words.source, 12]];
  savePoster(view, data.name, { width: wide, height: high + room, paint: (context) => paint(context, view), above: [], below });
}

// All boxes, each with what it is; of a grid all cells, but of one that is opened only that one.
function saveBoxes(view) {
  const { data: { name, words, size, grid, cell, candidates }, items, each } = view;
  const numbers = ({ label, score, box }) => [label, score, ...box];
  if (grid) {
    const row = ([down, along], item) => [down + 1, along + 1, ...numbers(item), ...size];
    const all = () => each.map((item, at) => row([Math.floor(at / grid.columns), at % grid.columns], item));
    return saveTable(name, [words.cell_columns, ...(cell ? [row(cell, items[0])] : all())]);
  }
  const boxes = candidates ? endOf(view) : items;
  saveTable(name, [words.columns, ...boxes.map((item) => [...numbers(item), words.states[item.style], ...size])]);
}

export default function ({ parentElement, data, setTriggerValue }) {
  const view = mounted.get(parentElement) ?? build(parentElement);
  mounted.set(parentElement, view);
  view.setTriggerValue = setTriggerValue;
  view.observer.observe(view.stage);
  const turn = ++view.turn;
  if (view.image?.src === data.picture) receive(view, data);
  else {
    const image = new Image();
    image.src = data.picture;
    image.decode().then(() => {
      if (turn !== view.turn) return;
      view.image = image;
      receive(view, data);
    });
  }
  return () => view.observer.disconnect();
}
