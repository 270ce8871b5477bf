// The picture as patches that people touch: pointing at one shows its attention, a click lets it ask, dragging lets a box.
// Python mounts this twice: with the picture and all numbers (figures/patches.py's `grid_payload`), and, small, with what
// is pinned and the words for it (`pin_payload`). What is chosen goes back from the first as `chosen`.

const views = new WeakMap();
const live = new Set();
let told = null; // what is pinned, as Python last said

function build(parentElement) {
  const find = (selector) => parentElement.querySelector(selector);
  const canvas = find(".stage canvas");
  const view = {
    find, canvas, context: canvas.getContext("2d"), root: find(".patches"), stage: find(".stage"), tip: find(".tip"),
    said: find(".said"), slider: find(".opacity input"), cursor: null, drag: null, sent: [],
  };
  view.slider.oninput = () => {
    view.opacity = view.slider.value / 100;
    draw(view);
  };
  view.slider.onchange = () => view.setTriggerValue("opacity", Number(view.slider.value));
  wirePointing(view);
  view.observer = new ResizeObserver(() => fit(view));
  view.observer.observe(view.stage);
  return view;
}

function fit(view) {
  const width = view.stage.clientWidth;
  if (!width || !view.data) return;
  view.place = layOut(view, width);
  draw(view);
}

function writeWords({ find, canvas }, { text, words }) {
  find(".asking").textContent = words.asking;
  find(".looked").textContent = words.looked;
  find(".opacity span").textContent = words.opacity;
  find(".keys").textContent = words.keys;
  find("figcaption").textContent = text.sentence;
  canvas.setAttribute("aria-label", text.sentence);
}

function show(view) {
  const { grid } = view;
  const before = view.data;
  const pin = receivePin(view, told);
  const data = { ...grid, ...pin };
  const n = data.rows * data.columns;
  if (before?.values.data !== data.values.data) view.values = unpack(data.values, n * (data.window ? data.window ** 2 : n));
  Object.assign(view, { row: unpack(told.row, n), rowFor: asked(told) });
  if (before && (before.rows !== data.rows || before.columns !== data.columns)) Object.assign(view, { cursor: null, drag: null });
  // Over a picture low is dark and high is light in both themes: what is attended to stands in the light.
  Object.assign(view, pageStyle(view.root), { data, table: lookupTable(data.scale, "dark") });
  if (view.image?.src !== data.picture) {
    view.image = new Image();
    view.image.onload = () => draw(view);
    view.image.src = data.picture;
  }
  if (before?.opacity !== data.opacity) {
    view.slider.value = data.opacity;
    view.opacity = data.opacity / 100;
  }
  view.canvas.classList.toggle("drags", data.touch === "box");
  for (const name of ["Q", "K"]) view.root.style.setProperty(`--${name}`, MATRIX[view.theme][name]);
  paintBar(view.find(".bar"), view.table);
  writeWords(view, data);
  writeTools(view, view.find(".tools"), { png: savePng, svg: saveSvg, csv: saveCsv, link: copyLink });
  fit(view);
  if (view.cursor && !view.tip.hidden) showTip(view, view.cursor); // its number may be another now
}

// Only when pin and grid speak of the same patches: on a new grid one of them comes first.
const fits = ({ grid }) => told?.rows === grid.rows && told.columns === grid.columns && told.window === grid.window;

export default function ({ parentElement, data, setTriggerValue }) {
  if (!data.values) {
    parentElement.querySelector(".patches").hidden = true;
    told = data;
    for (const view of live) if (fits(view)) show(view);
    return;
  }
  const view = views.get(parentElement) ?? build(parentElement);
  views.set(parentElement, view);
  live.add(view);
  Object.assign(view, { grid: data, setTriggerValue });
  if (fits(view)) show(view);
  view.observer.observe(view.stage);
  return () => {
    view.observer.disconnect();
    live.delete(view);
  };
}
