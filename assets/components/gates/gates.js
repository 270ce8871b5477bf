// Channel gates that a reader pulls. Python sends figures/gate_rows.py's payload; a pulled gate goes back as `pulled`
// ({id, gate}; gate null: let go), an opened row as `chosen`.

const views = new WeakMap();
const KEYS_REST = 250; // ms: arrow keys pull step by step, and only where they rest is told

function currentGates(view) {
  const gates = [];
  for (const row of view.data.rows) gates[view.data.stack[row.id]] = row.id === view.held?.id ? view.held.gate : row.gate;
  return gates;
}

function follow(view) {
  const { data, find, greys } = view;
  find(".preview").hidden = !data.decoder;
  if (data.decoder && greys) drawRebuilt(find(".preview canvas"), greys, data.decoder, currentGates(view));
}

function tell(view) {
  clearTimeout(view.timer);
  const { held } = view;
  if (!held || held.told === held.gate) return;
  held.told = held.gate;
  view.setTriggerValue("pulled", { id: held.id, gate: held.gate });
}

function wireRow(view, item, id) {
  const { open, handle, free } = partsOf(item);
  const rowOf = () => view.data.rows.find((row) => row.id === id);
  let byKey = false;
  handle.addEventListener("keydown", () => (byKey = true));
  let before;
  handle.addEventListener("pointerdown", () => {
    byKey = false;
    before = view.held;
  });
  const hold = (held) => {
    view.held = held;
    showGate(partsOf(item), rowOf(), held?.id === id ? held.gate : rowOf().gate, view.data.text);
    follow(view);
  };
  handle.oninput = () => hold({ id, gate: Number(handle.value) });
  // A finger that turns out to scroll the page has pulled nothing.
  handle.addEventListener("pointercancel", () => {
    hold(before);
    handle.value = before?.id === id ? before.gate : rowOf().gate;
  });
  handle.onchange = () => {
    clearTimeout(view.timer);
    if (byKey) view.timer = setTimeout(() => tell(view), KEYS_REST);
    else tell(view);
  };
  handle.onblur = () => tell(view);
  open.onclick = () => view.setTriggerValue("chosen", id);
  free.onclick = () => {
    handle.focus();
    view.setTriggerValue("pulled", { id, gate: null });
  };
}

// The rows in the order of the data, every one the node it was before.
function placeRows(view) {
  const { list, data, find } = view;
  const active = list.getRootNode().activeElement;
  for (const [id, item] of view.items)
    if (!data.rows.some((row) => row.id === id)) {
      item.remove();
      view.items.delete(id);
    }
  data.rows.forEach((row, at) => {
    let item = view.items.get(row.id);
    if (!item) {
      item = makeRow(row.id);
      view.items.set(row.id, item);
      wireRow(view, item, row.id);
    }
    if (list.children[at] !== item) list.insertBefore(item, list.children[at] ?? null);
    fillRow(item, row, data);
    const held = view.held?.id === row.id;
    if (!held) partsOf(item).handle.value = row.gate;
    showGate(partsOf(item), row, held ? view.held.gate : row.gate, data.text);
  });
  if (active && active !== list.getRootNode().activeElement) active.focus({ preventScroll: true });
  find(".said").textContent = view.sentence && view.sentence !== data.text.sentence ? data.text.sentence : "";
  view.sentence = data.text.sentence;
}

function writeUnits(view) {
  const { data: { units, text }, find } = view;
  find(".units").hidden = !units;
  if (!units) return;
  find(".units b").textContent = text.units;
  const most = Math.max(1e-6, ...units.values.flat());
  find(".units ul").replaceChildren(
    ...units.labels.map((label, unit) => {
      const item = document.createElement("li");
      part(item, "span", "name").textContent = label;
      units.values.forEach((values, path) => {
        const one = part(item, "span", `path kind${path}`);
        one.title = `${label}, ${text.squeezed[path]}: ${exactly(values[unit], 3)}`;
        part(part(one, "span", "small-track"), "span", "small-fill").style.width = percent(values[unit] / most);
        part(one, "span", "number").textContent = printed(values[unit], 2);
      });
      return item;
    })
  );
}

function writeLegend(view) {
  const { data: { text }, find } = view;
  find(".legend").replaceChildren(
    ...[...text.squeezed.map((name, at) => [name, `path kind${at}`]), [text.gate, "gate-sample"]].map(([name, kind]) => {
      const entry = document.createElement("span");
      part(entry, "i", kind);
      entry.append(name);
      return entry;
    })
  );
}

function build(parentElement) {
  const find = (selector) => parentElement.querySelector(selector);
  return { find, root: find(".gates"), list: find("ol"), items: new Map(), held: null };
}

export default function ({ parentElement, data, setTriggerValue }) {
  const view = views.get(parentElement) ?? build(parentElement);
  views.set(parentElement, view);
  const { find } = view;
  // Once Python has answered what was pulled, its numbers count; a hand that has moved on keeps its own.
  if (view.held?.told === view.held?.gate) view.held = null;
  Object.assign(view, { data, setTriggerValue, ...pageStyle(view.root) });
  view.root.dataset.theme = view.theme;
  writeUnits(view);
  writeLegend(view);
  placeRows(view);
  find(".low").textContent = data.text.low;
  find(".high").textContent = data.text.high;
  find(".sentence").textContent = data.text.sentence;
  find(".preview figcaption").textContent = data.text.preview;
  writeTools(view, find(".tools"), { png: savePng, svg: saveSvg, csv: saveCsv, link: copyLink });
  const images = data.rows.map((row) => row.image).sort().join();
  if (view.images !== images) {
    view.images = images;
    greysOf(data).then((greys) => {
      if (view.images !== images) return;
      view.greys = greys;
      follow(view);
    });
  } else follow(view);
}
