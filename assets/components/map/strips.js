// The strips along both axes: per row the sum over the chosen columns, per column the sum over the chosen rows.

const AXES = ["rows", "columns"];
const NOTHING = { rows: [], columns: [] };

// Where no row (no column) is chosen, all of them count.
function sumUp({ data, values, marked }) {
  const all = (size) => Array.from({ length: size }, (_, i) => i);
  const rows = marked.rows.length ? marked.rows : all(data.rows);
  const columns = marked.columns.length ? marked.columns : all(data.columns);
  const at = (row, column) => values[row * data.columns + column];
  return [
    all(data.rows).map((row) => columns.reduce((sum, column) => sum + at(row, column), 0)),
    all(data.columns).map((column) => rows.reduce((sum, row) => sum + at(row, column), 0)),
  ];
}

function sumText(view, axis, index) {
  const { data, sums, marked } = view;
  const [word, labels] = axis ? ["column", data.columnLabels] : ["row", data.rowLabels];
  const of = marked[AXES[1 - axis]].length ? "chosen" : "all";
  return data.text.sums[`${word}_${of}`]
    .replace(`{${word}}`, () => isolate(labels[index]))
    .replace("{value}", () => exactly(sums[axis][index], data.decimals));
}

const axisColor = ({ data, theme }, axis) => MATRIX[theme][(data.axisColors ?? ["Q", "K"])[axis]];

function drawStrips(view) {
  const { context, data, place, colors, sums, marked, over } = view;
  const { left, top, wide, high, strip, cellWidth, cellHeight } = place;
  sums.forEach((values, axis) => {
    const start = (axis ? top + high : left + wide) + STRIP_GAP;
    const bar = (from, size, length) =>
      axis ? context.fillRect(from, start, size, length) : context.fillRect(start, from, length, size);
    const [cell, of] = axis ? [cellWidth, xOf] : [cellHeight, yOf];
    const chosen = new Set(marked[AXES[axis]]);
    const [from, until] = inView(view, axis);
    const most = Math.max(...values.slice(from, until).map(Math.abs)) || 1;
    context.save();
    context.beginPath();
    if (axis) context.rect(left, start - 1, wide, strip + 2);
    else context.rect(start - 1, top, strip + 2, high);
    context.clip();
    context.fillStyle = colors.veil;
    bar(axis ? left : top, axis ? wide : high, strip);
    if (over?.axis === axis) bar(of(place, over.index), cell, strip);
    for (let i = from; i < until; i++) {
      // Signed numbers have the two ends of their scale.
      const tone = data.scale === "diverging" ? (values[i] < 0 ? 0.08 : 0.92) : 0.68;
      context.globalAlpha = !chosen.size || chosen.has(i) ? 1 : 0.5;
      context.fillStyle = shade(view, tone);
      bar(of(place, i) + (cell > 5 ? 0.5 : 0), cell > 5 ? cell - 1 : cell, (strip * Math.abs(values[i])) / most);
    }
    context.restore();
  });
}

// A chosen row or column has a wedge that points at it, beside its name.
function drawMarks(view) {
  const { context, place, marked } = view;
  AXES.forEach((name, axis) => {
    const [from, until] = inView(view, axis);
    context.fillStyle = axisColor(view, axis);
    for (const index of marked[name].filter((at) => at >= from && at < until)) {
      const middle = axis ? xOf(place, index + 0.5) : yOf(place, index + 0.5);
      const tip = (axis ? place.top : place.left) - 2;
      const corners = [[tip, middle], [tip - 8, middle - 4.5], [tip - 8, middle + 4.5]];
      context.beginPath();
      corners.forEach(([along, beside]) => (axis ? context.lineTo(beside, along) : context.lineTo(along, beside)));
      context.closePath();
      context.fill();
    }
  });
}

function toggle(view, axis, index) {
  const name = AXES[axis];
  const chosen = view.marked[name];
  const next = chosen.includes(index) ? chosen.filter((at) => at !== index) : [...chosen, index];
  if (next.length >= view.data.least[axis]) mark(view, { ...view.marked, [name]: next });
  view.said.textContent = sumText(view, axis, index);
}

// Shown at once; Python hears of it.
function mark(view, marked) {
  view.marked = marked;
  view.sums = sumUp(view);
  writeMarks(view);
  draw(view);
  if (!view.data.markable) return;
  view.sent.push(JSON.stringify(marked));
  view.setTriggerValue("marked", marked);
}

// What Python says is chosen, unless it answers a click that others have followed since.
function receiveMarks(view) {
  const { data } = view;
  const told = data.marked ?? (data.markable ? NOTHING : view.marked);
  const place = view.sent.indexOf(JSON.stringify(told));
  if (place >= 0 && place < view.sent.length - 1) return;
  view.sent = [];
  view.marked = Object.fromEntries(AXES.map((name) => [name, told[name].filter((at) => at < data[name])]));
}

// The line under the map that says what is chosen.
function writeMarks(view) {
  const { data, marked, find } = view;
  find(".marks").hidden = !data.strips;
  if (!data.strips) return;
  const { words } = data;
  const named = (name, labels) => {
    if (!marked[name].length) return words[`all_${name}`];
    const first = marked[name].slice(0, 4).map((at) => isolate(shorten(labels[at], 14))).join(words.and);
    const more = marked[name].length > 4 ? words.more.replace("{count}", marked[name].length - 4) : "";
    return words[`chosen_${name}`].replace("{names}", () => first + more);
  };
  const said = [named("rows", data.rowLabels), named("columns", data.columnLabels)].join(" · ");
  const chosen = AXES.some((name) => marked[name].length);
  find(".marks span").textContent = chosen ? said : words.choose;
  view.sumsOf = said;
  const clear = find(".marks button");
  clear.textContent = words.clear;
  clear.style.visibility = AXES.some((name, axis) => marked[name].length > data.least[axis]) ? "" : "hidden";
  clear.onclick = () => mark(view, Object.fromEntries(AXES.map((name, axis) => [name, marked[name].slice(0, data.least[axis])])));
}
