// What stands at a time and what flies. Time runs from 0 to the last beat; beat k is done at time k. Every number is
// Python's (figures/timeline.py); a copy of it flies to where it goes next.

const FAINT = 0.35; // the empty box of what has not been reached yet
const ROLES = { query: "Q", keys: "K", values: "V", output: "Z", weights: "Z", taken: "V" };

const clamp = (value) => Math.max(0, Math.min(1, value));
const smooth = (at) => at * at * (3 - 2 * at);
const partOf = (time, [from, to]) => clamp((time - from) / (to - from));
const between = (a, b, at) => a + (b - a) * at;

// When a row's numbers pair, multiply and collapse: the word whose dot product is shown has a beat for each.
function spansOf(row, looks) {
  return row === looks
    ? { pair: [0, 1], multiply: [1, 2], collapse: [2, 3] }
    : { pair: [3, 3.4], multiply: [3.4, 3.65], collapse: [3.65, 4] };
}
const LATER = { scaled: [4, 5], raised: [5, 6], weights: [6, 7], taken: [7, 8], output: [8, 9] };

function makeShape(parent, { w, h, text, font, kind, role, title }) {
  const group = svgPart(parent, "g", kind);
  group.style.setProperty("--role", role);
  const tip = title ? svgPart(group, "title") : null;
  const box = svgPart(group, "rect");
  const bar = kind.includes("share") ? svgPart(group, "rect", "bar") : null;
  const label = svgPart(group, "text");
  label.textContent = text;
  setAll(label, { x: w / 2, y: h / 2 + 0.5, "font-size": font.toFixed(1) });
  setAll(box, { width: w, height: h });
  if (bar) setAll(bar, { width: 0, height: h });
  return { group, bar, w, label, tip, title };
}

function svgPart(parent, tag, className = "") {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  if (className) node.setAttribute("class", className);
  parent.append(node);
  return node;
}

const setAll = (node, values) => Object.entries(values).forEach(([name, value]) => node.setAttribute(name, value));

// All that is drawn, made anew for other numbers or another width; `drawAt` then only moves and fades it.
function makeScene(view) {
  const { data, svg, theme, width } = view;
  const count = data.rows.length;
  const scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  const frame = layOut(width, count, data.blocks.query.texts[0].length, scale);
  svg.replaceChildren();
  setAll(svg, { viewBox: `0 0 ${width} ${frame.height}`, height: frame.height });
  const scene = { frame, cells: [], flights: [], heads: {} };
  const roleOf = (name) => (ROLES[name] ? MATRIX[theme][ROLES[name]] : MATRIX[theme].X);
  // The same for all numbers of a block, so that the longest fits.
  const fontOf = (name) => {
    const longest = Math.max(...data.blocks[name].texts.flat().map((text) => text.length));
    const most = ["taken", "output"].includes(name) ? frame.small : frame.font;
    return Math.min(most, (frame.blocks[name].cell - 7) / (0.7 * longest));
  };

  writeLabels(view, frame);
  for (const [name, block] of Object.entries(data.blocks)) {
    const { x, y, width: wide } = frame.blocks[name];
    const beside = name === "output"; // under the others: its name stands before it
    scene.heads[name] = svgPart(svg, "text", beside ? "head label" : "head");
    scene.heads[name].textContent = block.title;
    setAll(scene.heads[name], beside ? { x: x - 10, y: y + frame.h / 2 } : { x: x + wide / 2, y: y - frame.head });
    block.texts.forEach((texts, row) => texts.forEach((text, column) => {
      const place = placeOf(frame, name, row, column);
      const kind = `cell${name === "weights" ? " share" : ""}`;
      const shape = makeShape(svg, { ...place, text, font: fontOf(name), kind, role: roleOf(name), title: block.names[row][column] });
      shape.group.dataset.block = name;
      move(shape, place);
      scene.cells.push({ ...shape, name, row, column, span: spanOf(name, row, data.looks), share: block.values[row][column] });
    }));
  }
  const fly = (from, to, span, leave, half) => {
    const [name, row, column] = from;
    const end = placeOf(frame, ...to);
    const whole = placeOf(frame, ...from);
    const w = Math.min(whole.w, 1.4 * MOST); // of a long bar only its number flies
    const start = { ...whole, x: whole.x + (whole.w - w) / 2, w };
    const goal = half == null ? end : { ...end, y: end.y + (half * end.h) / 2, h: end.h / 2 };
    const shape = makeShape(svg, {
      w, h: half == null ? start.h : end.h / 2 - 1, kind: "flight", role: roleOf(name),
      text: data.blocks[name].texts[row][column], font: half == null ? fontOf(name) : 0.85 * frame.font,
    });
    const source = half == null ? start : { ...start, y: start.y + start.h / 4 };
    scene.flights.push({ ...shape, start: source, goal, end, span, leave });
  };
  for (let row = 0; row < count; row++) {
    const spans = spansOf(row, data.looks);
    for (let at = 0; at < data.blocks.query.texts[0].length; at++) {
      fly(["query", 0, at], ["products", row, at], spans.pair, spans.multiply, 0);
      fly(["keys", row, at], ["products", row, at], spans.pair, spans.multiply, 1);
      fly(["products", row, at], ["scores", row, 0], spans.collapse);
      fly(["values", row, at], ["taken", row, at], LATER.taken);
      fly(["weights", row, 0], ["taken", row, at], LATER.taken);
      fly(["taken", row, at], ["output", 0, at], LATER.output);
    }
    fly(["scores", row, 0], ["scaled", row, 0], LATER.scaled);
    fly(["scaled", row, 0], ["raised", row, 0], LATER.raised);
    fly(["raised", row, 0], ["weights", row, 0], LATER.weights);
  }
  return scene;
}

function spanOf(name, row, looks) {
  if (name === "products") return spansOf(row, looks).multiply;
  if (name === "scores") return spansOf(row, looks).collapse;
  return LATER[name] ?? null;
}

function writeLabels({ svg, data }, frame) {
  const write = (text, className, x, y) => {
    const label = svgPart(svg, "text", `label ${className}`);
    label.textContent = shorten(text, frame.labels.length > 1 && x < 80 ? 5 : 10);
    setAll(label, { x: x - 10, y });
  };
  write(data.rows[data.asks], "asked", frame.labels[0].x, frame.blocks.query.y + frame.h / 2);
  for (const { x, y } of frame.labels) {
    data.rows.forEach((word, row) => write(word, row === data.looks ? "looked" : "", x, y + row * frame.pitch + frame.h / 2));
  }
}

const move = ({ group }, { x, y }) => group.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);

function drawAt(scene, time, now) {
  for (const { group, bar, w, label, tip, title, span, share } of scene.cells) {
    const at = span ? partOf(time, span) : 1;
    const shown = smooth(clamp((at - 0.55) / 0.45));
    group.setAttribute("opacity", between(FAINT, 1, shown).toFixed(3));
    label.setAttribute("opacity", shown.toFixed(3)); // nobody reads a result before it is computed
    tip.textContent = shown ? title : "";
    bar?.setAttribute("width", (w * share * smooth(clamp((at - 0.4) / 0.6))).toFixed(1));
  }
  for (const flight of scene.flights) drawFlight(flight, time);
  for (const [name, head] of Object.entries(scene.heads)) head.classList.toggle("now", now.includes(name));
}

// From its place to where it goes. The halves of a pair wait there, and melt into their product in the beat after.
function drawFlight(flight, time) {
  const { group, w, start, goal, end, span, leave } = flight;
  const at = smooth(partOf(time, span));
  const gone = leave ? partOf(time, leave) : clamp((at - 0.8) / 0.2);
  const shown = time > span[0] && gone < 1;
  group.style.display = shown ? "" : "none";
  if (!shown) return;
  const y = leave ? between(goal.y, end.y + end.h / 4, smooth(gone)) : goal.y;
  move(flight, { x: between(start.x, end.x + (end.w - w) / 2, at), y: between(start.y, y, at) });
  group.setAttribute("opacity", (1 - smooth(gone)).toFixed(3));
}
