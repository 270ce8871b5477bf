// Hands on a cell: pointer, keyboard, and the field in which its number is changed.

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -1e6], End: [0, 1e6] };

const matrixOf = (view, name) => view.data.matrices.find((matrix) => matrix.name === name);

function wireCell(view, cell, at) {
  const [name, row, column] = at;
  cell.onpointerenter = (event) => event.pointerType !== "touch" && showTip(view, cell, at);
  cell.onpointerleave = () => (view.tip.hidden = true);
  cell.onfocus = () => cell.matches(":focus-visible") && showTip(view, cell, at);
  cell.onblur = () => (view.tip.hidden = true);
  cell.onclick = () => {
    if (cell.firstElementChild || String(view.data.chosen) === String(at)) return;
    view.setTriggerValue("chosen", { matrix: name, row, column });
  };
  cell.ondblclick = () => startEdit(view, at);
  cell.onkeydown = (event) => onCellKey(view, event, cell, at);
}

function onCellKey(view, event, cell, [name, row, column]) {
  if (cell.firstElementChild || event.altKey || event.ctrlKey || event.metaKey) return;
  const at = [name, row, column];
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    view.setTriggerValue("chosen", { matrix: name, row, column });
  } else if (event.key === "F2") {
    event.preventDefault();
    startEdit(view, at);
  } else if (/^[-−+.,\d０-９]$/.test(event.key)) {
    event.preventDefault();
    startEdit(view, at, event.key);
  } else if (event.key === "Escape") {
    view.tip.hidden = true;
  } else if (MOVES[event.key]) {
    event.preventDefault();
    const { cells } = view.tables[name];
    const inside = (value, size) => Math.max(0, Math.min(size - 1, value));
    const [down, right] = MOVES[event.key];
    const stride = event.shiftKey ? 8 : 1;
    cells[inside(row + down * stride, cells.length)][inside(column + right * stride, cells[0].length)].focus();
  }
}

function showTip(view, cell, [name, row, column]) {
  const { tip, root } = view;
  const matrix = matrixOf(view, name);
  if (!matrix?.exact[row] || cell.firstElementChild) return;
  tip.textContent = cellName(view, matrix, row, column);
  tip.hidden = false;
  const box = cell.getBoundingClientRect();
  const home = root.getBoundingClientRect();
  const left = box.left - home.left + box.width / 2 - tip.offsetWidth / 2;
  tip.style.left = `${Math.max(0, Math.min(home.width - tip.offsetWidth, left))}px`;
  tip.style.top = `${box.top - home.top - tip.offsetHeight - 6}px`;
}

// A number as people type it: comma or point, any minus sign, full-width digits. NaN for anything else.
function readNumber(text) {
  const plain = text.normalize("NFKC").trim().replace(/[−–]/g, "-").replace(",", ".");
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
  return Math.abs(value) <= 1000 ? value : NaN;
}

function startEdit(view, at, typed) {
  const [name, row, column] = at;
  const cell = view.tables[name].cells[row][column];
  if (cell.firstElementChild) return;
  view.tip.hidden = true;
  const matrix = matrixOf(view, name);
  const before = String(matrix.values[row][column]);
  const field = element("input");
  field.value = typed ?? before;
  field.setAttribute("aria-label", `${view.data.words.edit_label}: ${cellName(view, matrix, row, column)}`);
  field.maxLength = 24;
  field.autocomplete = "off";
  cell.textContent = "";
  cell.append(field);
  field.focus();
  if (typed == null) field.select();
  let done = false;
  const finish = (refocus) => {
    done = true;
    view.refusal.hidden = true;
    field.remove();
    writeMatrix(view, matrixOf(view, name));
    if (refocus) cell.focus();
  };
  const commit = (refocus) => {
    if (done) return;
    if (field.value.trim() === before) return finish(refocus);
    const value = readNumber(field.value);
    if (Number.isNaN(value)) return refocus ? refuse(view, field) : finish(false);
    finish(refocus);
    cell.textContent = field.value.trim();
    view.setTriggerValue("edited", { matrix: name, row, column, value });
  };
  field.onkeydown = (event) => {
    event.stopPropagation();
    if (event.key === "Enter") commit(true);
    if (event.key === "Escape") finish(true);
  };
  field.onclick = field.ondblclick = (event) => event.stopPropagation();
  field.oninput = () => (view.refusal.hidden = true);
  field.onblur = () => commit(false);
}

// What was typed stays in the field; one sentence says what would do.
function refuse(view, field) {
  const { refusal, root } = view;
  refusal.textContent = view.data.words.refused;
  refusal.hidden = false;
  const box = field.getBoundingClientRect();
  const home = root.getBoundingClientRect();
  refusal.style.left = `${Math.max(0, Math.min(home.width - refusal.offsetWidth, box.left - home.left))}px`;
  refusal.style.top = `${box.bottom - home.top + 6}px`;
  field.setAttribute("aria-invalid", "true");
  view.said.textContent = view.data.words.refused;
  field.select();
}
