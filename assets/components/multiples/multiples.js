// Small multiples: one picture with many maps. The pointer marks the same place in all of them, with each map's number
// there; a click opens one. Python sends figures/small_multiples.py's payload; the opened one goes back as `opened`.

const views = new WeakMap();
const STEP = 16; // arrow keys cross the longer side in so many steps

function makeTile(view, at) {
  const box = part(view.tiles, "button", "tile");
  box.type = "button";
  const canvas = part(box, "canvas");
  const name = part(box, "span", "name");
  const tile = { box, canvas, label: part(name, "span", "label"), value: part(name, "span", "value"), note: part(box, "span", "note") };
  const toPointer = (event) => point(view, placeAt(view, canvas, event));
  canvas.onpointermove = canvas.onpointerdown = toPointer;
  canvas.onpointerleave = (event) => event.pointerType === "touch" || point(view, null);
  box.onclick = () => open(view, at);
  box.onkeydown = (event) => onKey(view, event);
  box.onblur = () => point(view, null);
  return tile;
}

// The cell of the maps under the pointer.
function placeAt({ data: { rows, columns } }, canvas, event) {
  const box = canvas.getBoundingClientRect();
  const along = (at, size, count) => Math.max(0, Math.min(count - 1, Math.floor((at / size) * count)));
  return [along(event.clientY - box.top, box.height, rows), along(event.clientX - box.left, box.width, columns)];
}

const valueAt = ({ data: { rows, columns }, values }, at, [row, column]) => values[(at * rows + row) * columns + column];

function point(view, place) {
  if (String(view.cursor) === String(place)) return;
  view.cursor = place;
  const { hover } = view.data.text;
  view.each.forEach((tile, at) => {
    tile.value.textContent = place ? hover.replace("{value}", () => printed(valueAt(view, at, place), 2)) : "\u00a0";
    drawTile(view, at);
  });
}

function open(view, at) {
  view.data.opened = view.data.tiles[at].id; // marked at once; Python's answer follows
  mark(view);
  view.setTriggerValue("opened", view.data.opened);
  reveal(view.data.opens); // on a phone it stands under the tiles
}

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function onKey(view, event) {
  if (event.key === "Escape") return point(view, null);
  const move = MOVES[event.key];
  if (!move || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const { rows, columns, tiles } = view.data;
  const step = Math.max(1, Math.round(Math.max(rows, columns) / STEP));
  const from = view.cursor ?? [rows >> 1, columns >> 1];
  const most = [rows - 1, columns - 1];
  point(view, from.map((at, axis) => Math.max(0, Math.min(most[axis], at + step * move[axis]))));
  view.live.textContent = tiles.map(({ label }, at) => `${label} ${view.each[at].value.textContent}`).join(", ");
}

// A map as a small picture, one pixel a cell.
function paintCells(view, at) {
  const { data: { rows, columns, range }, values, table } = view;
  const image = new ImageData(columns, rows);
  for (let i = 0; i < rows * columns; i++) {
    const from = 3 * tableIndex(values[at * rows * columns + i], range);
    image.data.set([table[from], table[from + 1], table[from + 2], 255], 4 * i);
  }
  const canvas = new OffscreenCanvas(columns, rows);
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}

function drawTile(view, at) {
  const { canvas } = view.each[at];
  const { data: { rows, columns, opacity }, image, cursor, colors } = view;
  const context = canvas.getContext("2d");
  context.globalAlpha = 1;
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  context.globalAlpha = opacity;
  context.drawImage(view.cells[at], 0, 0, canvas.width, canvas.height);
  context.globalAlpha = 1;
  if (cursor) drawCross(context, ((cursor[1] + 0.5) / columns) * canvas.width, ((cursor[0] + 0.5) / rows) * canvas.height, colors);
}

// Lines to the place and a ring around it, which leave the place itself free.
function drawCross(context, x, y, colors) {
  const ratio = window.devicePixelRatio || 1;
  const gap = 7 * ratio;
  const { width, height } = context.canvas;
  context.beginPath();
  for (const [fromX, fromY, toX, toY] of [[0, y, x - gap, y], [x + gap, y, width, y], [x, 0, x, y - gap], [x, y + gap, x, height]]) {
    context.moveTo(fromX, fromY);
    context.lineTo(toX, toY);
  }
  context.moveTo(x + gap, y);
  context.arc(x, y, gap, 0, 2 * Math.PI);
  for (const [color, thickness] of [[colors.paper, 2.5], [colors.accent, 1.25]]) {
    context.strokeStyle = color;
    context.lineWidth = thickness * ratio;
    context.stroke();
  }
}

function fit(view) {
  const { data: { rows, columns }, each, image } = view;
  const width = each[0].canvas.clientWidth;
  if (!width || !image.complete || !image.naturalWidth) return; // until then the old picture stays
  const wide = Math.round(width * (window.devicePixelRatio || 1));
  for (const { canvas } of each) {
    if (canvas.width === wide && canvas.height === Math.round((wide * rows) / columns)) continue;
    canvas.width = wide;
    canvas.height = Math.round((wide * rows) / columns);
  }
  each.forEach((_, at) => drawTile(view, at));
}

function mark({ each, data }) {
  each.forEach(({ box }, at) => box.setAttribute("aria-pressed", String(data.tiles[at].id === data.opened)));
}

function build(parentElement) {
  const find = (selector) => parentElement.querySelector(selector);
  const view = { find, root: find(".multiples"), tiles: find(".tiles"), live: find(".live"), each: [], cursor: null, image: new Image() };
  view.image.onload = () => fit(view);
  view.observer = new ResizeObserver(() => fit(view));
  view.observer.observe(view.tiles);
  return view;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const view = views.get(parentElement) ?? build(parentElement);
  views.set(parentElement, view);
  const { colors } = pageStyle(view.root);
  const { tiles, text } = data;
  const moved = view.data?.rows !== data.rows || view.data?.columns !== data.columns;
  Object.assign(view, { data, colors, setTriggerValue, table: tableOf(OVER_PICTURES[data.colours]) });
  view.values = unpack(data.values, tiles.length * data.rows * data.columns);
  while (view.each.length < tiles.length) view.each.push(makeTile(view, view.each.length));
  tiles.forEach(({ label, note }, at) => {
    view.each[at].label.textContent = label;
    view.each[at].note.textContent = note;
    view.each[at].value.textContent ||= "\u00a0"; // the number keeps its place, so that nothing moves when it comes
    view.each[at].canvas.style.aspectRatio = `${data.columns} / ${data.rows}`;
  });
  mark(view);
  view.cells = tiles.map((_, at) => paintCells(view, at));
  if (moved) point(view, null);
  for (const name of ["low", "middle", "high"]) view.find(`.${name}`).textContent = text[name];
  view.find(".sentence").textContent = text.sentence;
  view.find(".keys").textContent = data.keys;
  paintBar(view.find(".bar"), view.table);
  const average = (1 - data.range[0]) / (data.range[1] - data.range[0]); // the words begin where 1 lies
  view.find(".scale").style.gridTemplateColumns = `${2 * average}fr repeat(2, ${1 - average}fr)`;
  if (view.image.src !== data.picture) view.image.src = data.picture;
  fit(view);
  return () => view.observer.disconnect();
}
