// Numbers over a picture, looked at in five ways. Python sends figures/masks.py's payload plus the words of the controls;
// the pinned place goes back as `chosen`, what the reader sets as `settings`.

const mounted = new WeakMap();

function hoverText({ data, values }, row, column) {
  const value = exactly(values[row * data.columns + column], data.decimals);
  return filled(data.text.hover, { row: row + 1, column: column + 1, value });
}

function point(view, cell, panel = [0, 0]) {
  const { tip, place } = view;
  view.cursor = cell;
  tip.hidden = true;
  if (cell && isInWindow(view, cell)) {
    const [x, y] = [panel[0] + xOf(place, cell[1] + 0.5), panel[1] + yOf(place, cell[0])];
    showTip(view, hoverText(view, ...cell), x, y, place.cellHeight);
  }
  draw(view);
}

function pin(view, cell) {
  if (!cell || !view.data.pinnable) return;
  view.data.chosen = cell; // shown at once; Python's answer follows
  draw(view);
  view.setTriggerValue("chosen", { row: cell[0], column: cell[1] });
}

function onKey(view, event) {
  const { data } = view;
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape") return point(view, null);
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    return pin(view, view.cursor);
  }
  if (event.key in ZOOMS) {
    event.preventDefault();
    return ZOOMS[event.key] ? zoomBy(view, ZOOMS[event.key]) : moveWindow(view, ALL);
  }
  const middle = [data.rows >> 1, data.columns >> 1];
  const cell = stepped(event, view.cursor ?? data.chosen ?? middle, [data.rows, data.columns]);
  if (!cell) return;
  event.preventDefault();
  view.cursor = cell;
  reveal(view, cell);
  view.said.textContent = hoverText(view, ...cell);
}

function wire(view) {
  const { canvas } = view;
  canvas.onpointermove = (event) => {
    if (event.pointerType === "touch" || view.dragged) return;
    const { cell = null, panel } = spot(view, event);
    if (String(cell) !== String(view.cursor)) point(view, cell, panel);
  };
  canvas.onpointerleave = () => point(view, null);
  canvas.onclick = (event) => {
    if (view.dragged) return;
    const { cell = null, panel } = spot(view, event);
    point(view, cell, panel);
    pin(view, cell);
  };
  canvas.onkeydown = (event) => onKey(view, event);
  canvas.onblur = () => point(view, null);
  wireZoom(view);
  wireControls(view);
  view.observer = new ResizeObserver(() => view.data && settings && fit(view));
}

function build(parentElement) {
  const find = (selector) => parentElement.querySelector(selector);
  const canvas = find(".stage canvas");
  const view = {
    canvas, context: canvas.getContext("2d"), root: find(".mask"), stage: find(".stage"), tip: find(".tip"), said: find(".said"),
    find, cursor: null, divider: 0.5, layers: {}, loaded: {}, turn: 0,
  };
  view.write = (selector, text) => (find(selector).textContent = text);
  wire(view);
  return view;
}

function fit(view) {
  const width = view.stage.clientWidth;
  if (!width) return;
  view.frame = layOut(view, width, lookOf(view) === "pair");
  view.root.classList.toggle("shallow", view.frame.high < LOW);
  moveWindow(view, view.lens);
  placeDivider(view);
  view.root.style.setProperty("--wide", `${view.frame.width}px`);
}

// What has arrived, in place of what was there: only what has changed is read and painted again.
function receive(view, data) {
  const before = view.data;
  const differs = (...names) => !before || names.some((name) => String(before[name]) !== String(data[name]));
  const numbers = !before || before.values.data !== data.values.data || differs("rows", "columns", "size");
  view.data = data;
  if (differs("rows", "columns", "size")) Object.assign(view, { cursor: null, lens: ALL });
  if (numbers) {
    view.values = unpack(data.values, data.rows * data.columns);
    Object.assign(view, { ranking: null, keeps: null });
    outdate(view, ["colours", "result", "veil", "flat", "contour"]);
  }
  if (differs("range")) outdate(view, ["colours", "result"]);
  if (differs("picture", "result")) outdate(view, ["result", "veil"]);
}

// Everything as the data and the settings say.
function show(view) {
  const { data, root } = view;
  root.hidden = false;
  root.classList.toggle("bare", !data.controls);
  Object.assign(view, pageStyle(root));
  if (view.colour !== colourOf(view)) {
    view.colour = colourOf(view);
    view.table = tableOf(OVER_PICTURES[view.colour]);
    outdate(view, ["colours"]);
    paintBar(view.find(".bar"), view.table);
  }
  if (view.keeps !== settings.keep) {
    view.keeps = settings.keep;
    if (settings.keep !== "100") view.ranking ??= ranking(view.values);
    view.kept = settings.keep === "100" ? { area: 1, held: 1 } : keepMass(view.ranking, settings.keep / 100);
    outdate(view, ["veil", "flat", "contour"]);
  }
  writeControls(view);
  view.write(".row-title", data.text.rowTitle);
  view.write(".column-title", data.text.columnTitle);
  view.write(".low", data.text.low);
  view.write(".high", data.text.high);
  view.write("figcaption", data.text.sentence);
  view.canvas.setAttribute("aria-label", data.text.sentence);
  view.write(".keys", data.words.keys);
  for (const [name, { label, help }] of Object.entries(data.words.zoom)) {
    view.zoomButtons[name].textContent = label;
    view.zoomButtons[name].title = help;
    view.zoomButtons[name].setAttribute("aria-label", help);
  }
  writeTools(view, view.find(".tools"), { link: copyLink });
  fit(view);
}

// Pictures that are not there yet are decoded first; until then the view stays as it was.
async function fetchPictures(view, data) {
  const wanted = ["picture", "result"].filter((name) => (view.loaded[name]?.url ?? null) !== data[name]);
  return Object.fromEntries(await Promise.all(wanted.map(async (name) => [name, data[name] && (await load(data[name]))])));
}

export default function ({ parentElement, data, setTriggerValue }) {
  const view = mounted.get(parentElement) ?? build(parentElement);
  mounted.set(parentElement, view);
  views.add(view);
  view.setTriggerValue = setTriggerValue;
  view.observer.observe(view.stage);
  const turn = ++view.turn;
  const arrive = (pictures = {}) => {
    if (turn !== view.turn) return;
    Object.assign(view.loaded, pictures);
    receive(view, data);
    if (settings) show(view);
  };
  const known = ["picture", "result"].every((name) => (view.loaded[name]?.url ?? null) === data[name]);
  if (known) arrive();
  else fetchPictures(view, data).then(arrive);
  return () => {
    views.delete(view);
    view.observer.disconnect();
  };
}
