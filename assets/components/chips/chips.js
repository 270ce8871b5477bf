// The sentence as word chips that people touch: pointing at a word shades the others by its attention, in the browser.
// Python sends figures/chips.py's payload plus the words around it; the word that is clicked goes back as `chosen`.

const views = new WeakMap();
const EDGES = { light: "rgba(20, 18, 27, 0.2)", dark: "rgba(236, 233, 243, 0.2)" };

function build(parentElement) {
  const find = (selector) => parentElement.querySelector(selector);
  const view = {
    find, root: find(".chips"), stage: find(".stage"), flow: find(".flow"), tip: find(".tip"), said: find(".said"),
    headList: find(".heads"), context: find(".bar").getContext("2d"), chips: [], hovered: null, stop: null, solo: null, kept: null,
    svg: document.createElementNS("http://www.w3.org/2000/svg", "svg"),
  };
  view.svg.ariaHidden = "true";
  view.role = document.createElement("span");
  view.role.id = "role";
  view.role.hidden = true;
  view.root.append(view.role);
  wirePointing(view);
  wireLegend(view);
  return view;
}

function readWeights(view, data) {
  if (view.data?.weights.data === data.weights.data && view.data.heads.length === data.heads.length) return;
  view.heads = Math.max(1, data.heads.length);
  view.weights = unpack(data.weights, view.heads * data.words.length ** 2);
}

function dress(view, data) {
  const { root } = view;
  const long = data.words.length > SHORT;
  root.className = ["chips", data.lines ? "drawn" : "strip", long ? "long" : "short", view.heads > 1 ? "many" : "one"].join(" ");
  view.room = long ? 26 : root.clientWidth < 500 ? 34 : 44;
  const variables = { "--room": `${view.room}px`, "--faint": view.colors.faint, "--edge": EDGES[view.theme], "--Q": MATRIX[view.theme].Q, "--K": MATRIX[view.theme].K };
  for (const [name, value] of Object.entries(variables)) root.style.setProperty(name, value);
}

export default function ({ parentElement, data, setTriggerValue }) {
  const view = views.get(parentElement) ?? build(parentElement);
  views.set(parentElement, view);
  const sameWords = String(view.data?.words) === String(data.words) && view.chips.length === data.words.length;
  readWeights(view, data);
  Object.assign(view, pageStyle(view.root), { data, setTriggerValue, pinned: data.pinned });
  dress(view, data);
  prepareColours(view);
  if (!sameWords) makeFlow(view);
  for (const chip of view.chips) chip.level = chip.seen = null; // the theme or the scale may be another
  markChips(view);
  writeLegend(view);
  writeTools(view, view.find(".tools"), { png: savePng, svg: saveSvg, csv: saveCsv, link: copyLink });
  view.svg.style.display = data.lines ? "" : "none";
  view.flow.ariaLabel = data.text.label;
  view.role.textContent = data.text.role;
  view.find(".keys").textContent = data.text.keys;
  view.find("figcaption").textContent = data.sentence;
  fit(view);
  keepInView(view, view.pinned);
  if (view.hovered != null) showTip(view, view.hovered); // its numbers may be others now
  view.observer?.disconnect();
  view.observer = new ResizeObserver(() => fit(view));
  view.observer.observe(view.flow);
  return () => view.observer.disconnect();
}
