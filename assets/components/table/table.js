// How one word weighs the others, column by column. Pointing shows the number with its names and marks its dimension
// in q, k and q × k; a click or Enter pins a row. Python sends figures/word_table.py's payload plus the words; the
// pinned row goes back as `chosen`.

const views = new WeakMap();

function tipText(view, { row, column }) {
  const { data, numbersOf } = view;
  const { words, dimensions, order } = data;
  const index = order[row];
  const dimension = column % dimensions;
  const say = (name, value, more = {}) => {
    const values = { asks: isolate(data.asks), word: isolate(data.labels[index] ?? ""), dimension: dimension + 1, value, d_k: dimensions, ...more };
    return words[`tip_${name}`].replace(/{(\w+)}/g, (_, key) => values[key]);
  };
  if (row < 0) return say("q", pointed(numbersOf.q[dimension]));
  if (column >= 0 && column < dimensions) return say("k", pointed(keyAt(view, index, dimension)));
  if (column >= 0 && column < 2 * dimensions) {
    const factors = { q: pointed(numbersOf.q[dimension]), k: pointed(keyAt(view, index, dimension)) };
    return say("product", pointed(productAt(view, index, dimension)), factors);
  }
  const score = pointed(numbersOf.scores[index]);
  if (column === 2 * dimensions + FROM.score) return say("score", score);
  if (column === 2 * dimensions + FROM.scaled) return say("scaled", pointed(numbersOf.scaled[index]), { score });
  return say("weight", pointed(numbersOf.weights[index]));
}

function point(view, cell) {
  const { tip, place, stage, scroller, data } = view;
  view.cursor = cell;
  tip.hidden = !cell;
  if (cell) {
    tip.textContent = tipText(view, cell);
    const components = 2 * data.dimensions;
    const column = Object.values(place.columns)[cell.column - components];
    const x = column ? column.x + column.width / 2 : cell.column < 0 ? place.wordWidth / 2 : cellX(view, cell.column, scroller.scrollLeft);
    const y = cell.row < 0 ? place.head - 26 : place.head + cell.row * place.row - scroller.scrollTop;
    tip.style.left = `${Math.max(0, Math.min(stage.clientWidth - tip.offsetWidth, x - tip.offsetWidth / 2))}px`;
    tip.style.top = `${y - tip.offsetHeight - 6}px`;
  }
  draw(view);
}

function pin(view, cell) {
  if (!cell || cell.row < 0) return;
  view.data.chosen = view.data.order[cell.row]; // shown at once; Python's answer follows
  writeChecks(view);
  draw(view);
  view.setTriggerValue("chosen", view.data.chosen);
}

const FAR = 1e6;

function onKey(view, event) {
  const { data, place, scroller } = view;
  if (event.key === "Escape") return point(view, null);
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    return pin(view, view.cursor);
  }
  const page = Math.max(1, Math.floor((scroller.clientHeight - place.head) / place.row) - 1);
  const step = {
    ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
    Home: [-FAR, 0], End: [FAR, 0], PageUp: [-page, 0], PageDown: [page, 0],
  }[event.key];
  if (!step) return;
  event.preventDefault();
  const stride = event.shiftKey ? 10 : 1;
  const from = view.cursor ?? { row: data.order.indexOf(data.chosen), column: -1 };
  const inside = (at, least, most) => Math.max(least, Math.min(most, at));
  const row = inside(from.row + step[0] * stride, 0, data.order.length - 1);
  const column = inside(from.column + step[1] * stride, -1, 2 * data.dimensions + FROM.weight);
  view.cursor = { row, column };
  reveal(view, view.cursor);
  point(view, { row, column });
  view.said.textContent = tipText(view, view.cursor);
}

// Scroll the table, not the page, until the cell is in view.
function reveal({ scroller, place, data }, { row, column }) {
  const top = row * place.row;
  const high = scroller.clientHeight - place.head;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (top + place.row > scroller.scrollTop + high) scroller.scrollTop = top + place.row - high;
  if (column < 0 || column >= 2 * data.dimensions) return;
  const left = cellX({ place, data }, column, 0) - place.band.x;
  if (left < scroller.scrollLeft) scroller.scrollLeft = left;
  else if (left + place.cell > scroller.scrollLeft + place.band.width) scroller.scrollLeft = left + place.cell - place.band.width;
}

function wire(view) {
  const { canvas, scroller } = view;
  const under = (event) => {
    const box = canvas.getBoundingClientRect();
    return cellAt(view, event.clientX - box.left, event.clientY - box.top);
  };
  canvas.onpointermove = (event) => {
    if (event.pointerType === "touch") return;
    const cell = under(event);
    if (JSON.stringify(cell) !== JSON.stringify(view.cursor)) point(view, cell);
  };
  canvas.onpointerleave = () => point(view, null);
  canvas.onclick = (event) => {
    const cell = under(event);
    point(view, cell);
    pin(view, cell);
  };
  canvas.onkeydown = (event) => onKey(view, event);
  canvas.onblur = () => point(view, null);
  scroller.onscroll = () => (view.cursor ? point(view, view.cursor) : draw(view));
  view.observer = new ResizeObserver(() => view.stage.clientWidth !== view.fitted && fit(view));
  view.observer.observe(view.stage);
}

function fit(view) {
  const { stage, scroller, room } = view;
  const width = stage.clientWidth;
  if (!width) return;
  view.fitted = width;
  const high = Math.max(320, Math.min(640, 0.66 * window.innerHeight));
  view.place = layOut(view, width);
  const overflows = heightOf(view) > high;
  if (overflows) view.place = layOut(view, width - (scroller.offsetWidth - scroller.clientWidth || 0));
  const { place } = view;
  const sideways = place.scroll > 0 ? 16 : 0; // room for a scroll bar
  scroller.style.height = `${Math.min(high, heightOf(view)) + sideways}px`;
  room.style.height = `${heightOf(view)}px`;
  room.style.width = `${Math.min(place.width, scroller.clientWidth) + place.scroll}px`;
  draw(view);
}

function build(parentElement) {
  const find = (selector) => parentElement.querySelector(selector);
  const canvas = find("canvas");
  const view = {
    find, canvas, context: canvas.getContext("2d"), stage: find(".stage"), scroller: find(".scroll"), room: find(".room"),
    tip: find(".tip"), said: find(".said"), root: find(".table"), cursor: null,
  };
  view.write = (selector, text) => (find(selector).textContent = text);
  wire(view);
  return view;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const view = views.get(parentElement) ?? build(parentElement);
  views.set(parentElement, view);
  const { theme, font, colors } = pageStyle(view.root);
  const before = view.data;
  const moved = before?.sort !== data.sort || before?.chosen !== data.chosen || before?.k.data !== data.k.data;
  Object.assign(view, { data, theme, font, colors, setTriggerValue, table: lookupTable("diverging", theme) });
  view.numbersOf = readNumbers(view);
  const largest = (values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const { q, k, weights } = view.numbersOf;
  view.ranges = { vectors: Math.max(largest(q), largest(k)), products: largest(k.map((value, i) => value * q[i % q.length])) };
  view.largest = largest(weights);
  view.barColor = getComputedStyle(view.root).getPropertyValue("--st-primary-color");
  if (moved) {
    view.cursor = null;
    view.tip.hidden = true;
  }
  writeWords(view);
  writeChecks(view);
  writeTools(view, view.find(".tools"), { png: savePng, csv: saveCsv, link: copyLink });
  fit(view);
  if (moved && view.place) {
    reveal(view, { row: data.order.indexOf(data.chosen), column: -1 });
    draw(view);
  }
  return () => view.observer.disconnect();
}

function writeWords(view) {
  const { data, ranges, write } = view;
  const { words } = data;
  for (const [name, range] of Object.entries(ranges)) {
    const [low, high] = [words.low.replace("{what}", words[`what_${name}`]), words.high];
    write(`.${name}-low`, low.replace("{value}", printed(-range, 1)));
    write(`.${name}-high`, high.replace("{value}", printed(range, 1)));
  }
  for (const bar of view.root.querySelectorAll(".bar")) bar.style.background = `linear-gradient(to right, ${STOPS.diverging.join(",")})`;
  write(".longest", words.longest.replace("{value}", exactly(view.largest, 3)));
  write(".hidden-rows", data.hiddenLine);
  write(".finding", data.finding);
  write(".keys", words.keys);
  view.canvas.setAttribute("aria-label", data.finding);
}
