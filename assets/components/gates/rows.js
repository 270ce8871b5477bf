// One row a channel: its picture and name, what squeezing left of it, and its gate, a bar with a handle. The rows stay
// the same nodes when numbers or their order change, so that a hand that holds one is not shaken off.

const percent = (share) => `${100 * share}%`;

function makeRow(id) {
  const item = document.createElement("li");
  item.dataset.id = id;
  const open = part(item, "button", "open");
  open.type = "button";
  const image = part(open, "img");
  image.alt = "";
  image.decoding = "async";
  part(open, "span", "label");
  part(open, "span", "squeezed");
  const gate = part(item, "div", "gate");
  const track = part(gate, "div", "track");
  part(track, "div", "fill");
  part(track, "div", "spread");
  part(track, "div", "computed");
  const handle = part(gate, "input", "handle");
  Object.assign(handle, { type: "range", min: 0, max: 1, step: 0.01 });
  part(item, "output", "value");
  const free = part(item, "button", "free");
  free.type = "button";
  free.textContent = "×";
  return item;
}

const partsOf = (item) => ({
  open: item.querySelector(".open"), image: item.querySelector("img"), label: item.querySelector(".label"),
  squeezed: item.querySelector(".squeezed"), fill: item.querySelector(".fill"), spread: item.querySelector(".spread"),
  computed: item.querySelector(".computed"), handle: item.querySelector(".handle"), value: item.querySelector(".value"),
  free: item.querySelector(".free"),
});

function fillSqueezed(box, row, names, largest) {
  while (box.children.length < names.length) {
    const one = part(box, "span", `path kind${box.children.length}`);
    part(part(one, "span", "small-track"), "span", "small-fill");
    part(one, "span", "number");
  }
  while (box.children.length > names.length) box.lastChild.remove();
  names.forEach((name, i) => {
    const one = box.children[i];
    one.title = `${row.label}, ${name}: ${exactly(row.squeezed[i], 3)}`;
    one.querySelector(".small-fill").style.width = percent(Math.min(1, row.squeezed[i] / largest));
    one.lastChild.textContent = printed(row.squeezed[i], 2);
  });
}

// The bar of a gate, also while it is being pulled.
function showGate(parts, row, gate, text) {
  const { fill, handle, value, spread, computed, image } = parts;
  fill.style.width = percent(gate);
  value.textContent = printed(gate, 3);
  handle.setAttribute("aria-valuetext", printed(gate, 2));
  image.style.filter = `brightness(${0.25 + 0.75 * gate})`;
  const pulled = row.pulled || gate !== row.gate;
  handle.closest("li").classList.toggle("pulled", pulled);
  computed.style.left = percent(row.computed);
  spread.hidden = !row.spread || pulled;
  if (row.spread) {
    spread.style.left = percent(row.spread[0]);
    spread.style.width = percent(row.spread[1] - row.spread[0]);
  }
  const notes = [`${row.label}, ${text.gate}: ${exactly(gate, 3)}`];
  if (pulled) notes.push(filled(text.pulled, { computed: printed(row.computed, 3) }));
  else if (row.spread) notes.push(filled(text.spread, { low: printed(row.spread[0], 3), high: printed(row.spread[1], 3) }));
  handle.title = notes.join(" · ");
}

function fillRow(item, row, { text, size, chosen, largest }) {
  const parts = partsOf(item);
  const { open, image, label, squeezed, handle, free } = parts;
  if (image.getAttribute("src") !== row.image) image.src = row.image;
  image.style.aspectRatio = `${size[0]} / ${size[1]}`;
  label.textContent = row.label;
  open.title = filled(text.open, { name: row.label });
  open.setAttribute("aria-pressed", String(row.id === chosen));
  item.classList.toggle("chosen", row.id === chosen);
  fillSqueezed(squeezed, row, text.squeezed, largest);
  handle.setAttribute("aria-label", filled(text.handle, { name: row.label }));
  free.hidden = !row.pulled;
  free.title = filled(text.free, { name: row.label });
  free.setAttribute("aria-label", free.title);
}
