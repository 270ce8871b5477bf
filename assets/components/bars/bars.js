// Shares as bars, largest first; a click chooses one. The rows stay in place when numbers change, so that the bars move
// instead of flickering. What is folded away stays one click from the reader.

function row(list, at) {
  const existing = list.children[at];
  if (existing) return existing.firstChild;
  const button = part(part(list, "li"), "button");
  button.type = "button";
  const [, track] = ["label", "track", "value", "note"].map((name) => part(button, "span", name));
  part(track, "div", "fill");
  return button;
}

const percent = (share) => `${100 * Math.max(0, Math.min(1, share))}%`;

// The lines that all bars are held against, drawn into every track.
function drawReferences(track, references) {
  while (track.children.length > 1) track.lastChild.remove();
  references.forEach(({ value }, at) => {
    part(track, "i", `reference kind${at}`).style.left = percent(value);
  });
}

function drawLegend(legend, references) {
  legend.replaceChildren(
    ...references.map(({ label }, at) => {
      const entry = document.createElement("span");
      part(entry, "i", `reference kind${at}`);
      entry.append(label);
      return entry;
    })
  );
}

export default function ({ parentElement, data, setTriggerValue }) {
  const find = (selector) => parentElement.querySelector(selector);
  const list = find("ol");
  const references = data.references ?? [];
  find("h4").textContent = data.title;
  find("p").textContent = data.rest;
  drawLegend(find(".legend"), references);
  find(".bars").classList.toggle("annotated", data.items.some((item) => item.note));
  data.items.forEach((item, at) => {
    const button = row(list, at);
    const [label, track, value, note] = button.children;
    label.textContent = item.label;
    value.textContent = item.value > 0 && item.value < 0.0005 ? "< 0.001" : item.value.toFixed(3);
    note.textContent = item.note ?? "";
    track.firstChild.style.width = percent(item.value);
    drawReferences(track, references);
    button.title = [item.label, item.note].filter(Boolean).join(" · ");
    button.classList.toggle("marked", Boolean(item.note));
    button.setAttribute("aria-pressed", String(item.index === data.chosen));
    button.onclick = () => setTriggerValue("chosen", item.index);
  });
  while (list.children.length > data.items.length) list.lastChild.remove();
  fold(find(".more"), list, data);
}

// Of a long list only the beginning stands, and what is chosen; a button shows the rest.
function fold(more, list, { items, first, more: words, chosen }) {
  const folds = first && items.length > first;
  more.hidden = !folds;
  if (!folds) return [...list.children].forEach((item) => (item.hidden = false));
  const apply = () => {
    const open = list.dataset.open === "yes";
    items.forEach((item, at) => (list.children[at].hidden = !open && at >= first && item.index !== chosen));
    more.textContent = open ? words.less : words.more;
    more.setAttribute("aria-expanded", String(open));
  };
  more.onclick = () => {
    list.dataset.open = list.dataset.open === "yes" ? "no" : "yes";
    apply();
  };
  apply();
}
