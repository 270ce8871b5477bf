// All heads as thumbnails: pointing says what a head does, a click or Enter opens its card.
// Python sends figures/head_grid.py's payload plus the words; the head goes back as `chosen`, a way onward as `go`.

const views = new WeakMap();

const tipText = ({ data }, head) => {
  const { does, values } = data.each[head];
  return [does, data.measures.map((measure, at) => `${measure.name} ${values[at]}`).join(" · ")].join("\n");
};

function point(view, head) {
  const { tip, place, stage } = view;
  view.cursor = head;
  tip.hidden = head == null;
  if (head != null) {
    tip.textContent = tipText(view, head);
    const { x, y } = place.items.find((item) => item.head === head);
    const most = stage.clientWidth - tip.offsetWidth;
    tip.style.left = `${Math.max(0, Math.min(most, x + (place.size - tip.offsetWidth) / 2))}px`;
    tip.style.top = `${y - tip.offsetHeight - 8 < -60 ? y + place.size + 8 : y - tip.offsetHeight - 8}px`;
  }
  draw(view);
}

function headAt({ place, canvas }, event) {
  const box = canvas.getBoundingClientRect();
  const [x, y] = [event.clientX - box.left, event.clientY - box.top];
  const inside = (at, start) => at >= start && at < start + place.size + GAP;
  return place.items.find((item) => inside(x, item.x) && inside(y, item.y))?.head ?? null;
}

function open(view, head) {
  if (head == null) return;
  view.data.chosen = head; // shown at once; Python's answer follows
  writeCard(view);
  draw(view);
  view.setTriggerValue("chosen", head);
}

// The thumbnail that an arrow key leads to from one in the grid.
function neighbour({ place }, head, key) {
  const at = place.items.findIndex((item) => item.head === head);
  const { row, column } = place.items[at];
  const inRow = (wanted) => place.items.filter((item) => item.row === wanted);
  if (key === "ArrowLeft") return place.items[Math.max(0, at - 1)].head;
  if (key === "ArrowRight") return place.items[Math.min(place.items.length - 1, at + 1)].head;
  if (key === "Home") return inRow(row)[0].head;
  if (key === "End") return inRow(row).at(-1).head;
  const target = { ArrowUp: row - 1, ArrowDown: row + 1, PageUp: 0, PageDown: place.items.at(-1).row }[key];
  const there = inRow(target);
  return there.length ? there[Math.min(column, there.length - 1)].head : head;
}

const KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown"];

function onKey(view, event) {
  if (event.key === "Escape") return point(view, null);
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    return open(view, view.cursor);
  }
  if (!KEYS.includes(event.key)) return;
  event.preventDefault();
  point(view, neighbour(view, view.cursor ?? view.data.chosen, event.key));
  view.said.textContent = tipText(view, view.cursor);
}

function wire(view) {
  const { canvas } = view;
  canvas.onpointermove = (event) => {
    if (event.pointerType === "touch") return;
    const head = headAt(view, event);
    if (head !== view.cursor) point(view, head);
  };
  canvas.onpointerleave = () => point(view, null);
  canvas.onclick = (event) => {
    const head = headAt(view, event);
    point(view, event.pointerType === "touch" ? null : head); // on a phone the card at the foot says it
    open(view, head);
  };
  canvas.onkeydown = (event) => onKey(view, event);
  canvas.onblur = () => point(view, null);
  view.find(".open-map").onclick = () => view.setTriggerValue("go", "map");
  view.find(".open-words").onclick = () => view.setTriggerValue("go", "words");
  view.observer = new ResizeObserver(() => fit(view));
  view.observer.observe(view.stage);
}

function fit(view) {
  const width = view.stage.clientWidth;
  if (!width) return;
  view.place = layOut(view, width);
  draw(view);
}

function writeCard(view) {
  const { data, find } = view;
  const { name, does, values } = data.each[data.chosen];
  find("h4").textContent = data.words.card.replace("{name}", () => name);
  find(".does p").textContent = does;
  const large = find(".large");
  const ratio = window.devicePixelRatio || 1;
  const size = Math.round(112 * ratio);
  if (large.width !== size) large.width = large.height = size;
  drawHead(view, large.getContext("2d"), data.chosen, 0, 0, size, 1);
  const list = find("dl");
  data.measures.forEach((measure, at) => {
    const line = list.children[at] ?? list.appendChild(measureLine());
    const [label, value, track, about] = line.children;
    label.textContent = measure.name;
    value.textContent = values[at];
    track.hidden = !measure.share;
    track.firstChild.style.width = `${100 * measure.numbers[data.chosen]}%`;
    about.textContent = measure.about;
  });
}

function measureLine() {
  const line = document.createElement("div");
  for (const [name, role] of [["dt", ""], ["dd", "value"], ["dd", "track"], ["dd", "about"]]) {
    const part = document.createElement(name);
    part.className = role;
    line.append(part);
  }
  line.children[2].append(document.createElement("i"));
  line.children[2].setAttribute("aria-hidden", "true");
  return line;
}

function build(parentElement) {
  const find = (selector) => parentElement.querySelector(selector);
  const canvas = find(".stage canvas");
  const view = {
    find, canvas, context: canvas.getContext("2d"), stage: find(".stage"), tip: find(".tip"), said: find(".said"),
    root: find(".heads"), cursor: null,
  };
  view.write = (selector, text) => (find(selector).textContent = text);
  wire(view);
  return view;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const view = views.get(parentElement) ?? build(parentElement);
  views.set(parentElement, view);
  const { theme, font, colors } = pageStyle(view.root);
  const changed = view.data?.cells !== data.cells || view.theme !== theme;
  const moved = view.data?.sort !== data.sort || view.data?.each.length !== data.each.length;
  Object.assign(view, { data, theme, font, colors, setTriggerValue });
  view.sorted = data.measures.findIndex((measure) => measure.code === data.sort);
  if (changed) {
    view.table = lookupTable("sequential", theme);
    view.cells = Uint8Array.from(atob(data.cells), (character) => character.charCodeAt(0));
    view.atlas = paintAtlas(view);
    paintBar(view.find(".bar"), view.table); // linear in what is drawn, the root of the weight: its middle is a quarter
  }
  if (moved) {
    view.cursor = null;
    view.tip.hidden = true;
  }
  const { words } = data;
  view.write(".row-title", words.row_title);
  view.write(".column-title", words.column_title);
  for (const name of ["low", "middle", "high", "keys", "measured"]) view.write(`.${name}`, words[name]);
  view.write(".note", words.legend);
  view.write(".finding", data.finding);
  view.write(".open-map", words.open_map);
  view.write(".open-words", words.open_words);
  view.canvas.setAttribute("aria-label", words.described);
  const make = { png: savePng, csv: saveCsv, link: copyLink };
  writeTools(view, view.find(".tools"), make);
  writeCard(view);
  fit(view);
  return () => view.observer.disconnect();
}
