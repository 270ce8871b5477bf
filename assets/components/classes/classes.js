// What a network says, as bars: now, and under it what it says in the other case. Rows stay in place when numbers
// change, so that the bars move instead of flickering.

function row(list, at) {
  if (list.children[at]) return list.children[at];
  const item = document.createElement("li");
  for (const name of ["label", "track", "value"]) {
    const part = document.createElement("span");
    part.className = name;
    item.append(part);
  }
  const fill = document.createElement("div");
  fill.className = "fill";
  item.children[1].append(fill);
  list.append(item);
  return item;
}

function write(box, { title, items }) {
  box.querySelector("h4").textContent = title;
  const list = box.querySelector("ol");
  items.forEach(({ label, value, text }, at) => {
    const [name, track, number] = row(list, at).children;
    name.textContent = label;
    list.children[at].title = `${label}: ${Number(value.toPrecision(4))}`; // the exact number, and the whole name
    number.textContent = text;
    track.firstChild.style.width = `${100 * Math.max(0, Math.min(1, value))}%`;
  });
  while (list.children.length > items.length) list.lastChild.remove();
}

export default function ({ parentElement, data }) {
  write(parentElement.querySelector(".now"), data.now);
  write(parentElement.querySelector(".beside"), data.beside);
  const said = parentElement.querySelector(".said"); // what has changed is also spoken, but not on arrival
  if (said.dataset.sentence && said.dataset.sentence !== data.said) said.textContent = data.said;
  said.dataset.sentence = data.said;
}
