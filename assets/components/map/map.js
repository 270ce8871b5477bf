// The map that people touch: hover shows the number and both names, click or arrow keys and Enter pin a cell.
// Python sends figures/maps.py's payload plus the words of the tools; the pinned cell goes back as `chosen`.

const views = new WeakMap();

function hoverText(view, row, column) {
  const { data, values } = view;
  const value = exactly(values[row * data.columns + column], data.decimals);
  const name = (labels, index) => isolate(labels[index] ?? String(index + 1));
  return data.text.hover
    .replace("{row}", () => name(data.rowLabels, row))
    .replace("{column}", () => name(data.columnLabels, column))
    .replace("{value}", () => value);
}

function point(view, cell, over = null) {
  const { tip, place } = view;
  Object.assign(view, { cursor: cell, over });
  tip.hidden = true;
  if (cell && isInWindow(view, cell)) {
    showTip(view, hoverText(view, ...cell), xOf(place, cell[1] + 0.5), yOf(place, cell[0]), place.cellHeight);
  } else if (over) {
    const y = over.axis ? over.at[1] - 8 : yOf(place, over.index);
    showTip(view, sumText(view, over.axis, over.index), over.at[0], y, over.axis ? 16 : place.cellHeight);
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
  const { data, place } = view;
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape") return point(view, null);
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    return pin(view, view.cursor);
  }
  const axis = data.strips ? ["r", "c"].indexOf(event.key.toLowerCase()) : -1;
  if (axis >= 0 && view.cursor) {
    const [row, column] = view.cursor;
    toggle(view, axis, view.cursor[axis]);
    return showTip(view, sumText(view, axis, view.cursor[axis]), xOf(place, column + 0.5), yOf(place, row), place.cellHeight);
  }
  if (event.key in ZOOMS && place.zoomable) {
    event.preventDefault();
    return ZOOMS[event.key] ? zoomBy(view, ZOOMS[event.key]) : moveWindow(view, ALL);
  }
  const cell = stepped(event, view.cursor ?? data.chosen ?? [0, 0], [data.rows, data.columns]);
  if (!cell) return;
  event.preventDefault();
  view.cursor = cell;
  reveal(view, view.cursor);
  view.said.textContent = hoverText(view, ...view.cursor);
}

function wire(view) {
  const { canvas, tip } = view;
  canvas.onpointermove = (event) => {
    if (event.pointerType === "touch" || view.dragged) return;
    const { cell = null, ...over } = spot(view, event);
    canvas.classList.toggle("choosable", "axis" in over);
    if ("axis" in over) point(view, null, over);
    else if (String(cell) !== String(view.cursor) || view.over) point(view, cell);
  };
  canvas.onpointerleave = () => point(view, null);
  canvas.onclick = (event) => {
    if (view.dragged) return;
    const { cell = null, ...over } = spot(view, event);
    if ("axis" in over) {
      toggle(view, over.axis, over.index);
      return point(view, null, over);
    }
    point(view, cell);
    pin(view, cell);
  };
  canvas.onkeydown = (event) => onKey(view, event);
  canvas.onblur = () => point(view, null);
  tip.hidden = true;
  view.slider.oninput = () => {
    view.opacity = view.slider.value / 100;
    draw(view);
  };
  wireZoom(view);
  view.observer = new ResizeObserver(() => fit(view));
  view.observer.observe(view.stage);
}

function fit(view) {
  view.large = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16; // as the page's letters
  view.stage.style.zoom = view.large;
  const width = view.stage.clientWidth;
  if (!width) return;
  view.frame = layOut(view, width);
  moveWindow(view, view.lens);
}

function build(parentElement) {
  const find = (selector) => parentElement.querySelector(selector);
  const canvas = find(".stage canvas");
  const view = {
    canvas, context: canvas.getContext("2d"), stage: find(".stage"), tip: find(".tip"), said: find(".said"),
    slider: find(".opacity input"), cursor: null, over: null, opacity: null, root: find(".map"),
    marked: NOTHING, sent: [], find,
  };
  view.write = (selector, text) => (find(selector).textContent = text);
  wire(view);
  return view;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const view = views.get(parentElement) ?? build(parentElement);
  views.set(parentElement, view);
  const { theme, font, colors } = pageStyle(view.root);
  const changed = view.data?.values.data !== data.values.data || view.theme !== theme || view.data?.scale !== data.scale
    || String(view.data?.range) !== String(data.range) || view.data?.roots !== data.roots;
  // Over a picture low is dark and high is light in both themes: what is attended to stands in the light.
  const shades = data.picture ? "dark" : theme;
  const resized = view.data && (view.data.rows !== data.rows || view.data.columns !== data.columns);
  const moved = String(view.data?.chosen) !== String(data.chosen);
  Object.assign(view, { data, theme, font, colors, setTriggerValue, table: lookupTable(data.scale, shades) });
  if (resized) Object.assign(view, { cursor: null, over: null, lens: ALL, marked: NOTHING });
  if (changed) {
    view.values = unpack(data.values, data.rows * data.columns);
    view.longest = longestNumber(view.values, Math.min(2, data.decimals));
    view.masked = view.values.includes(-Infinity);
    view.cells = paintCells(view);
  }
  if (data.strips) {
    receiveMarks(view);
    view.sums = sumUp(view);
  }
  writeMarks(view);
  if (data.picture && view.image?.src !== data.picture) {
    view.image = new Image();
    view.image.onload = () => draw(view);
    view.image.src = data.picture;
  }
  view.opacity ??= data.opacity ?? 1;
  view.slider.value = Math.round(view.opacity * 100);
  view.find(".opacity").hidden = !data.picture;
  view.write(".opacity span", data.opacityLabel ?? "");
  view.write(".row-title", data.text.rowTitle);
  view.write(".column-title", data.text.columnTitle);
  const axis = (selector, name) => (view.find(selector).style.color = name ? MATRIX[theme][name] : "");
  axis(".row-title", data.axisColors?.[0]);
  axis(".column-title", data.axisColors?.[1]);
  view.write(".low", data.text.low);
  view.write(".high", data.text.high);
  view.write("figcaption", data.text.sentence);
  view.canvas.setAttribute("aria-label", data.text.sentence);
  const { words } = data;
  for (const [name, { label, help }] of Object.entries(words.zoom)) {
    view.zoomButtons[name].textContent = label;
    view.zoomButtons[name].title = help;
    view.zoomButtons[name].setAttribute("aria-label", help);
  }
  paintBar(view.find(".bar"), view.table);
  writeTools(view, view.find(".tools"), { png: savePng, svg: saveSvg, csv: saveCsv, link: copyLink });
  fit(view);
  if (moved && data.chosen && view.frame && !isInWindow(view, data.chosen)) reveal(view, data.chosen, true);
  const hints = [words.keys, data.strips && words.keys_mark, view.frame?.zoomable && words.keys_zoom];
  view.write(".keys", hints.filter(Boolean).join(" "));
  return () => view.observer.disconnect();
}
