// One word's attention as bars, largest first; a click pins that word. The rows stay in place when numbers change,
// so that the bars move instead of flickering.

function row(list, at) {
  const existing = list.children[at];
  if (existing) return existing.firstChild;
  const button = document.createElement("button");
  button.type = "button";
  for (const name of ["label", "track", "value"]) {
    const part = document.createElement("span");
    part.className = name;
    button.append(part);
  }
  const fill = document.createElement("div");
  fill.className = "fill";
  button.children[1].append(fill);
  const item = document.createElement("li");
  item.append(button);
  list.append(item);
  return button;
}

export default function ({ parentElement, data, setTriggerValue }) {
  parentElement.querySelector("h4").textContent = data.title;
  parentElement.querySelector("p").textContent = data.rest;
  const list = parentElement.querySelector("ol");
  data.items.forEach((item, at) => {
    const button = row(list, at);
    const [label, track, value] = button.children;
    label.textContent = item.label;
    value.textContent = item.value > 0 && item.value < 0.0005 ? "< 0.001" : item.value.toFixed(3);
    track.firstChild.style.width = `${100 * Math.max(0, Math.min(1, item.value))}%`;
    button.title = item.label;
    button.setAttribute("aria-pressed", String(item.index === data.chosen));
    button.onclick = () => setTriggerValue("chosen", item.index);
  });
  while (list.children.length > data.items.length) list.lastChild.remove();
}
