// From X to Z, stage after stage. Python (figures/stages.py) computes and prints every number; here they are placed,
// pointed at and typed over. What the reader does goes back as go, asked, chosen, edited, undone, reset.

const views = new WeakMap();

const pieces = (list) => list.map(([text, role]) => element(role === "up" ? "sup" : "span", `role-${role || "plain"}`, text));

function group(list) {
  const made = element("span");
  made.append(...pieces(list));
  return list.length ? [made] : [];
}

function writeFormula(view) {
  const { opened, words } = view.data;
  const box = view.find(".formula");
  const wasOpen = box.querySelector("details")?.open;
  const terms = opened.terms.flatMap((term, at) => {
    const made = element("span", "term");
    const top = element("span", "product");
    top.append(...pieces(term.pieces));
    made.append(top);
    if (term.note) {
      const note = element("span", "note", term.note);
      note.dir = "auto";
      made.append(note);
    }
    return at ? [element("span", "plus", " + "), made] : [made];
  });
  const line = element("div", "line");
  if (!opened.fold) {
    line.append(...group(opened.lead), ...terms, ...group(opened.tail));
    box.replaceChildren(line);
    return;
  }
  const fold = element("details");
  const all = element("div", "line all-terms");
  all.append(...terms);
  fold.append(element("summary", "", opened.fold), all);
  fold.open = Boolean(wasOpen);
  const few = 3 * 2 - 1; // the first three terms and the pluses between them
  line.append(...terms.slice(0, few).map((term) => term.cloneNode(true)), element("span", "plus", " + … "), ...group(opened.tail));
  box.replaceChildren(line, fold);
}

function writeNav(view) {
  const { data, find, send } = view;
  const { words, step, steps } = data;
  const button = (name, label, text, target, off) => {
    const made = find(`.nav .${name}`);
    if (text != null) made.textContent = text;
    made.title = label;
    made.setAttribute("aria-label", label);
    made.disabled = off;
    made.onclick = () => send("go", target);
  };
  const all = step === 0;
  const focused = find(".nav").getRootNode().activeElement;
  button("first", words.first, null, 1, step === 1);
  button("back", words.back, null, all ? steps : step - 1, step === 1);
  button("next", words.next, `${words.next} ›`, all ? 1 : step + 1, step === steps || all);
  button("last", words.last, null, steps, step === steps);
  button("all", words.all, words.all, all ? 1 : 0, false);
  find(".nav .all").setAttribute("aria-pressed", String(all));
  find(".where").textContent = data.where;
  if (focused?.disabled) find(step === 1 ? ".nav .next" : ".nav .back").focus();
}

function writeAsks(view) {
  const { data, find, send } = view;
  const chips = data.asking.map((word, at) => {
    const chip = element("button", "", word);
    chip.type = "button";
    chip.dir = "auto";
    chip.title = word;
    chip.setAttribute("aria-pressed", String(at === data.asks));
    chip.onclick = () => send("asked", at);
    return chip;
  });
  const box = find(".asks");
  const focused = [...box.querySelectorAll("button")].indexOf(box.getRootNode().activeElement);
  box.setAttribute("aria-label", data.words.asks);
  box.replaceChildren(element("span", "", data.words.asks), ...chips);
  chips[focused]?.focus();
}

function writePanel(view) {
  const { data, find, send } = view;
  const { words, opened } = data;
  const write = (selector, text) => (find(selector).textContent = text);
  writeMath(find(".step h3"), data.title);
  writeMath(find(".step .sentence"), data.sentence);
  write(".try b", words.try_label);
  writeMath(find(".try span"), data.try);
  writeMath(find(".opened h4"), opened.title);
  writeMath(find(".opened .sentence"), opened.sentence);
  writeFormula(view);
  const matrix = matrixOf(view, data.chosen[0]);
  writeMath(find(".opened .about"), aboutLabel(view, matrix));
  const changed = data.changes > 0;
  write(".count", changed ? words.changed.replace("{count}", data.changes) : "");
  for (const name of ["edit", "undo", "reset"]) write(`.changes .${name}`, words[name]);
  const focused = find(".changes").getRootNode().activeElement;
  find(".changes .undo").disabled = find(".changes .reset").disabled = !changed;
  if (focused?.disabled) find(".changes .edit").focus();
  find(".changes .edit").onclick = () => startEdit(view, data.chosen);
  find(".changes .undo").onclick = () => send("undone", true);
  find(".changes .reset").onclick = () => send("reset", true);
}

function writeTools(view) {
  const make = { png: takePng, svg: takeSvg, csv: takeCsv, link: copyLink };
  view.find(".tools").replaceChildren(...Object.entries(view.data.tools).map(([name, words]) => {
    const button = element("button", "", words.label);
    button.type = "button";
    button.title = words.help;
    button.onclick = () => make[name](view, button, words);
    return button;
  }));
}

function build(parentElement) {
  const find = (selector) => parentElement.querySelector(selector);
  const view = { find, root: find(".stages"), road: find(".road"), tip: find(".tip"), said: find(".said"), shape: "" };
  view.refusal = element("div", "refusal");
  view.refusal.hidden = true;
  view.refusal.setAttribute("role", "alert");
  view.root.append(view.refusal);
  view.send = (name, value) => view.setTriggerValue(name, value);
  return view;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const view = views.get(parentElement) ?? build(parentElement);
  views.set(parentElement, view);
  const theme = themeOf(view.root);
  view.tip.hidden = true; // it may say a number that is no longer there
  Object.assign(view, {
    data, setTriggerValue, theme,
    scales: { sequential: lookupTable("sequential", theme), diverging: lookupTable("diverging", theme) },
  });
  view.root.dataset.theme = theme;
  for (const [name, color] of Object.entries(MATRIX[theme])) view.root.style.setProperty(`--${name}`, color);
  const shape = JSON.stringify(data.matrices.map(({ name, values, rows, columns }) => [name, values.length, values[0].length, rows.length, columns.length]));
  if (shape !== view.shape) makeRoad(view);
  view.shape = shape;
  data.matrices.forEach((matrix) => writeMatrix(view, matrix));
  view.road.classList.toggle("cross", data.cross);
  view.road.setAttribute("aria-label", `${data.where}. ${data.sentence} ${data.words.keys}`);
  writeLegend(view);
  writeNav(view);
  writeAsks(view);
  writePanel(view);
  writeTools(view);
  fitRoad(view);
  view.observer?.disconnect();
  let width = view.road.clientWidth;
  view.observer = new ResizeObserver(() => {
    if (view.road.clientWidth === width) return;
    width = view.road.clientWidth;
    fitRoad(view);
  });
  view.observer.observe(view.road);
  return () => view.observer.disconnect();
}
