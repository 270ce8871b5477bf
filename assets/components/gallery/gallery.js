// Small pictures with their names, in a grid; where Python listens, a click chooses one. Nodes stay in place when the
// pictures change, so that nothing flickers.

function makeItem(list, choosable) {
  const box = part(part(list, "li"), choosable ? "button" : "div", "item");
  if (choosable) box.type = "button";
  for (const name of ["pictures", "label", "note"]) part(box, "span", name);
  return box;
}

function fill(box, item, tallest, choosable) {
  const [pictures, label, note] = box.children;
  while (pictures.children.length < item.images.length) part(pictures, "img");
  while (pictures.children.length > item.images.length) pictures.lastChild.remove();
  const [width, height] = item.size;
  item.images.forEach((source, i) => {
    const image = pictures.children[i];
    image.style.aspectRatio = `${width} / ${height}`; // keeps the place before the picture is decoded
    image.style.width = tallest ? `min(100%, ${Math.max(2, (tallest * width) / height) / 16}rem)` : "100%";
    image.decoding = "async";
    image.alt = choosable ? "" : item.label; // a button is already named by the words in it
    if (image.src !== source) image.src = source;
  });
  label.textContent = item.label;
  note.textContent = item.note;
  note.hidden = !item.note;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const list = parentElement.querySelector(".gallery");
  list.style.setProperty("--smallest", `${data.smallest / 16}rem`);
  list.style.setProperty("--most", data.most);
  list.style.setProperty("--tallest", data.tallest ? `${data.tallest / 16}rem` : "none");
  list.classList.toggle("signed", data.items.some((item) => item.sign));
  data.items.forEach((item, at) => {
    const box = list.children[at]?.firstChild ?? makeItem(list, data.choosable);
    fill(box, item, data.tallest, data.choosable);
    box.parentElement.dataset.sign = item.sign;
    if (!data.choosable) return;
    box.setAttribute("aria-pressed", String(item.id === data.chosen));
    box.onclick = () => setTriggerValue("chosen", item.id);
  });
  while (list.children.length > data.items.length) list.lastChild.remove();
}
