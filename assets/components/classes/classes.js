// What a network says, as bars: now, and under it what it says in the other case. Rows stay in place when numbers
// change, so that the bars move instead of flickering. Where Python listens, a click on a bar opens what is behind it.

function row(list, at, opens) {
  if (list.children[at]) return list.children[at].firstChild;
  const line = part(part(list, "li"), opens ? "button" : "div", "row");
  if (opens) line.type = "button";
  const [, track] = ["label", "track", "value"].map((name) => part(line, "span", name));
  part(track, "span", "fill");
  return line;
}

function write(box, { title, items }, { opens, open }, choose) {
  box.querySelector("h4").textContent = title;
  const list = box.querySelector("ol");
  // A page that changes from one network to the other changes what its rows are.
  if (list.firstChild && (list.firstChild.firstChild.tagName === "BUTTON") !== Boolean(opens)) list.replaceChildren();
  items.forEach(({ label, full, value, text, id }, at) => {
    const line = row(list, at, opens);
    const [name, track, number] = line.children;
    name.textContent = label;
    number.textContent = text;
    track.firstChild.style.width = `${100 * Math.max(0, Math.min(1, value))}%`;
    const exact = `${full ?? label}: ${Number(value.toPrecision(4))}`; // the exact number, and the whole name
    line.title = opens ? `${exact} · ${open}` : exact;
    line.onclick = opens ? () => choose(id) : null;
  });
  while (list.children.length > items.length) list.lastChild.remove();
}

export default function ({ parentElement, data, setTriggerValue }) {
  const choose = (id) => {
    setTriggerValue("chosen", id);
    reveal(data.opens);
  };
  write(parentElement.querySelector(".now"), data.now, data, choose);
  write(parentElement.querySelector(".beside"), data.beside, data, choose);
  const said = parentElement.querySelector(".said"); // what has changed is also spoken, but not on arrival
  if (said.dataset.sentence && said.dataset.sentence !== data.said) said.textContent = data.said;
  said.dataset.sentence = data.said;
}
