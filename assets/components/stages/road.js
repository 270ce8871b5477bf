// The road: every matrix a table of its own, placed by the style sheet; cells are made once and then only rewritten.

const LANES = [["W_Q", "Q"], ["W_K", "K"], ["W_V", "V"]];

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text != null) made.textContent = text;
  return made;
}

// The house's own symbols, W_Q and d_k among them, with their index below the line.
function writeMath(target, text) {
  target.replaceChildren(
    ...text.split(/(_(?:Q|K|V|k|model))(?![A-Za-z0-9])/).map((piece, at) => (at % 2 ? element("sub", "", piece.slice(1)) : piece))
  );
}

function makeMatrix(view, matrix) {
  const box = element("figure", `matrix m-${matrix.name}`);
  const caption = element("figcaption");
  const title = element("span", "title");
  const kind = element("span", "kind");
  caption.append(title, kind);
  const table = element("table", matrix.thin ? "thin" : "");
  table.setAttribute("role", "grid");
  if (matrix.columns.length) {
    const head = element("tr");
    head.append(element("td", "corner"), ...matrix.columns.map(() => {
      const label = element("th");
      label.scope = "col";
      label.append(element("span"));
      return label;
    }));
    table.append(head);
  }
  const cells = matrix.values.map((values, row) => {
    const line = element("tr");
    if (matrix.rows.length) {
      const label = element("th");
      label.scope = "row";
      label.append(element("span"));
      line.append(label);
    }
    const made = values.map((_, column) => {
      const cell = element("td", "cell");
      cell.tabIndex = -1;
      cell.setAttribute("role", "gridcell");
      wireCell(view, cell, [matrix.name, row, column]);
      return cell;
    });
    line.append(...made);
    table.append(line);
    return made;
  });
  box.append(caption, table);
  view.tables[matrix.name] = { box, title, kind, table, cells };
  return box;
}

function makeRoad(view) {
  const { data, road } = view;
  view.tables = {};
  const made = Object.fromEntries(data.matrices.map((matrix) => [matrix.name, makeMatrix(view, matrix)]));
  const group = (className, names) => {
    const box = element("div", className);
    box.append(...names.filter((name) => made[name]).flatMap((name) => arrowBefore(view, name, made[name])));
    return box;
  };
  const inputs = element("div", "inputs");
  inputs.append(group("words", ["Y", "X"]), ...LANES.map((names, at) => group(`lane lane${at + 1}`, names)));
  road.replaceChildren(inputs, group("pairs", ["scores", "scaled", "weights", "output"]), makeLegend(view));
}

function arrowBefore(view, name, box) {
  if (name === "X" || name === "Y") return [box];
  const arrow = element("span", `arrow a-${name}`);
  arrow.setAttribute("aria-hidden", "true");
  view.tables[name].arrow = arrow;
  return [arrow, box];
}

function makeLegend(view) {
  const legend = element("div", "legend");
  for (const scale of ["diverging", "sequential"]) {
    const line = element("div");
    const bar = element("span", "colors");
    line.append(element("span", "low"), bar, element("span", "high"));
    legend.append(line);
    line.dataset.scale = scale;
  }
  view.legend = legend;
  return legend;
}

function writeLegend(view) {
  const { words } = view.data;
  for (const line of view.legend.children) {
    const { scale } = line.dataset;
    const stops = scale === "diverging" ? STOPS.diverging : STOPS.sequential[view.theme];
    line.children[0].textContent = scale === "diverging" ? words.low_signed : words.low_weight;
    line.children[1].style.background = `linear-gradient(to right, ${stops.join(",")})`;
    line.children[1].textContent = scale === "diverging" ? "0" : "";
    line.children[2].textContent = scale === "diverging" ? words.high_signed : words.high_weight;
  }
}

function colorsOf(view, matrix, value) {
  const at = 3 * tableIndex(value, matrix.range);
  const [r, g, b] = view.scales[matrix.scale].subarray(at, at + 3);
  return [`rgb(${r},${g},${b})`, luminance(r, g, b) > 0.5 ? "#1b1624" : "#ffffff"];
}

const cellName = (view, matrix, row, column) =>
  view.data.words.cell_label
    .replace("{matrix}", () => matrix.title.replaceAll("_", ""))
    .replace("{row}", () => matrix.rows[row] ?? String(row + 1))
    .replace("{column}", () => matrix.columns[column] ?? String(column + 1))
    .replace("{value}", () => matrix.exact[row][column]);

const aboutLabel = (view, matrix) =>
  view.data.words.about_label.replace("{matrix}", () => matrix.title).replace("{about}", () => matrix.about);

// Which cells the opened number was made from.
function isSource(sources, name, row, column) {
  return sources.some(([from, kind, first, second]) =>
    from === name && (kind === "row" ? row === first : kind === "column" ? column === first : row === first && column === second));
}

function writeMatrix(view, matrix) {
  const { data, theme } = view;
  const { box, title, kind, table, cells, arrow } = view.tables[matrix.name];
  const later = data.step > 0 && matrix.step > data.step;
  const now = data.step === 0 || matrix.step === data.step;
  box.className = `matrix m-${matrix.name}${later ? " later" : ""}${data.step && now ? " now" : ""}`;
  box.style.setProperty("--role", matrix.color ? MATRIX[theme][matrix.color] : "var(--st-text-color)");
  box.style.setProperty("--columns", matrix.values[0].length);
  box.style.setProperty("--chars", Math.max(...matrix.texts.flat().map((text) => text.length), 2));
  arrow?.classList.toggle("later", later);
  writeMath(title, matrix.title);
  kind.textContent = matrix.kind;
  box.title = matrix.about;
  table.setAttribute("aria-label", aboutLabel(view, matrix).replaceAll("_", ""));
  const wide = (word) => [...word].reduce((sum, letter) => sum + (letter > "\u2e80" ? 2 : 1), 0) > 4;
  const slanted = matrix.columns.length > 4 && matrix.columns.some(wide);
  table.classList.toggle("slanted", slanted);
  table.querySelectorAll("tr:first-child > th[scope=col] span").forEach((label, at) => writeLabel(label, matrix.columns[at]));
  table.querySelectorAll("th[scope=row]").forEach((label, row) => {
    writeLabel(label.firstChild, matrix.rows[row]);
    label.classList.toggle("asked", matrix.asking && row === data.asks);
  });
  const overwritten = new Set(matrix.overwritten.map(String));
  const [openName, openRow, openColumn] = data.chosen;
  const last = matrix.values[0].length - 1;
  cells.forEach((line, row) => line.forEach((cell, column) => {
    const [paper, ink] = colorsOf(view, matrix, matrix.values[row][column]);
    cell.style.background = paper;
    cell.style.color = ink;
    if (!cell.firstElementChild) cell.textContent = matrix.texts[row][column] ?? "";
    const open = openName === matrix.name && openRow === row && openColumn === column;
    const asked = matrix.asking && row === data.asks;
    cell.className = [
      "cell", open && "open", asked && "asked", asked && column === 0 && "start", asked && column === last && "end",
      isSource(data.opened.sources, matrix.name, row, column) && "source",
      overwritten.has(`${row},${column}`) && "overwritten",
    ].filter(Boolean).join(" ");
    cell.setAttribute("aria-label", cellName(view, matrix, row, column));
    cell.setAttribute("aria-selected", String(open));
    cell.tabIndex = open || (openName !== matrix.name && row === 0 && column === 0) ? 0 : -1;
  }));
}

function writeLabel(label, text) {
  label.textContent = text;
  label.title = text;
  label.dir = "auto";
}

// The largest letters with which the road fits the page: side by side, else in bands, else one under the other.
function fitRoad(view) {
  const { road } = view;
  const width = road.clientWidth;
  if (!width) return;
  const stacked = [["narrow abreast", [15, 14, 13, 12, 11.5]], ["narrow", [15, 14, 13, 12, 11]]];
  const beside = [["wide", [17, 16.5, 16, 15.5, 15, 14.5, 14, 13.5, 13, 12.5]], ["bands", [16, 15, 14, 13, 12]]];
  const modes = width < 700 ? stacked : [...beside, ...stacked];
  for (const [mode, sizes] of modes) {
    road.dataset.mode = mode.split(" ")[0];
    road.classList.toggle("abreast", mode.endsWith("abreast")); // W beside its Q, K or V
    for (const size of sizes) {
      road.style.fontSize = `${size}px`;
      if (road.scrollWidth <= width) return;
    }
  }
}
