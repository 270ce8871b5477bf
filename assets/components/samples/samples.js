// The pictures to choose from, in one row. A picture that is pasted anywhere on the page, outside a text field, is sent
// to Python.

const UNNAMED = "image.png"; // what browsers call a picture that was copied without a file
const listening = new WeakMap();

function makeItem(list) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(document.createElement("img"), document.createElement("span"));
  const item = document.createElement("li");
  item.append(button);
  list.append(item);
  return button;
}

function fill(button, item, chosen, choose) {
  const [image, label] = button.children;
  if (image.src !== item.image) image.src = item.image;
  image.alt = ""; // the button is named by the word under it
  label.textContent = item.label;
  button.setAttribute("aria-pressed", String(chosen));
  button.onclick = choose;
}

// Where the row is longer than the screen, what is chosen is scrolled into it.
function reveal(list) {
  const chosen = list.querySelector("[aria-pressed=true]")?.getBoundingClientRect();
  const { left, right } = list.getBoundingClientRect();
  if (chosen) list.scrollLeft += Math.max(0, chosen.right + 4 - right) - Math.max(0, left - chosen.left + 4);
}

const isWriting = (node) => Boolean(node?.closest?.("input:not([type=file]), textarea, [contenteditable]"));

// A node inside a component hides behind its host; the path of the event tells it all the same.
const isForText = (event) => isWriting(event.composedPath()[0]);

export default function ({ parentElement, data, setTriggerValue }) {
  const list = parentElement.querySelector(".strip");
  const refused = parentElement.querySelector(".refused");
  list.classList.remove("busy");
  list.setAttribute("aria-label", data.label);
  data.items.forEach((item, at) => {
    const button = list.children[at]?.firstChild ?? makeItem(list);
    fill(button, item, item.id === data.chosen, () => setTriggerValue("chosen", item.id));
  });
  while (list.children.length > data.items.length) list.lastChild.remove();
  reveal(list);

  async function paste(event) {
    const file = firstPicture(event.clipboardData?.files ?? []);
    if (!file || event.defaultPrevented || isForText(event)) return; // the uploader takes what is pasted into it
    event.preventDefault();
    list.classList.add("busy");
    refused.hidden = await sendPicture(file, file.name === UNNAMED ? data.pasted : file.name, data.limit, setTriggerValue);
    refused.textContent = data.refused;
    if (!refused.hidden) list.classList.remove("busy");
  }
  listening.get(parentElement)?.abort();
  const listener = new AbortController();
  listening.set(parentElement, listener);
  document.addEventListener("paste", paste, { signal: listener.signal });
  return () => listener.abort();
}
