// What the shades mean, and which hue is which head.

function shadeBar(view) {
  const { context, tables, solo, heads, theme } = view;
  const grey = () => hueTable(MATRIX[theme].X, theme); // no head's hue: it stands for all of them
  paintBar(context.canvas, heads === 1 ? tables[0] : solo == null ? grey() : tables[solo]);
}

// Only this head, while its entry is pointed at; null shows all again.
function soloHead(view, head) {
  if (view.solo === head) return;
  view.solo = head;
  shadeBar(view);
  paint(view);
}

// A click keeps a head alone until it is clicked again.
function keepHead(view, head) {
  view.kept = view.kept === head ? null : head;
  [...view.headList.children].forEach((button, at) => (button.ariaPressed = String(at === view.kept)));
  soloHead(view, view.kept);
}

function headEntry(view, number, head) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = view.data.text.head.replace("{head}", number);
  button.title = view.data.text.solo;
  button.style.setProperty("--hue", view.hues[head]);
  button.ariaPressed = String(head === view.kept);
  button.tabIndex = head ? -1 : 0;
  button.onpointerenter = (event) => event.pointerType !== "touch" && soloHead(view, head);
  button.onfocus = () => button.matches(":focus-visible") && soloHead(view, head);
  button.onpointerleave = button.onblur = () => soloHead(view, view.kept);
  button.onclick = () => keepHead(view, head);
  return button;
}

function writeLegend(view) {
  const { data, headList, find } = view;
  for (const name of ["low", "high", "asking", "looked"]) find(`.${name}`).textContent = data.text[name];
  find(".asking").hidden = data.asks == null;
  find(".looked").hidden = !data.looks.length;
  headList.hidden = view.heads === 1;
  headList.ariaLabel = data.text.heads;
  const shape = JSON.stringify([data.heads, view.hues, data.text.head]);
  if (shape !== view.legendShape) {
    view.legendShape = shape;
    view.solo = view.kept = null;
    headList.replaceChildren(...data.heads.map((number, head) => headEntry(view, number, head)));
  }
  shadeBar(view);
}

function wireLegend(view) {
  view.headList.onkeydown = (event) => {
    const entries = [...view.headList.children];
    const at = entries.indexOf(event.target);
    const next = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
    if (event.key === "Escape") event.target.blur();
    if (!entries[next]) return;
    event.preventDefault();
    entries[at].tabIndex = -1;
    entries[next].tabIndex = 0;
    entries[next].focus();
  };
}
