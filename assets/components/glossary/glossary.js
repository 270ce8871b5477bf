// The words of the field open where they stand, and all of them behind one button. Python sends the terms.

const NAME = "glossary";
const QUIET = 300; // ms without a change before the page is read again
const views = new WeakMap();

function mark(view) {
  view.found = findTerms(view.page, view.reader);
  CSS.highlights.set(NAME, new Highlight(...view.found.map(({ range }) => range)));
}

// Once the page has been still for a while, and the browser has nothing better to do.
function markSoon(view) {
  clearTimeout(view.waiting);
  const idle = window.requestIdleCallback ?? ((run) => run());
  view.waiting = setTimeout(() => idle(() => mark(view)), QUIET);
}

function openTip(view, { term, box }) {
  const { tip, find } = view;
  find(".meaning b").textContent = term.name;
  find(".meaning p").textContent = term.means;
  tip.showPopover();
  const { width, height } = tip.getBoundingClientRect();
  const edge = 8;
  const below = box.bottom + edge + height < innerHeight;
  tip.style.left = `${Math.max(edge, Math.min(innerWidth - width - edge, box.left + box.width / 2 - width / 2))}px`;
  tip.style.top = `${below ? box.bottom + edge : Math.max(edge, box.top - edge - height)}px`;
}

function onClick(view, event) {
  if (!getSelection().isCollapsed || event.composedPath()[0].closest?.(NOT_IN)) return;
  const hit = termAt(view.found, event.clientX, event.clientY);
  if (hit) openTip(view, hit);
}

function write(view, { terms, words }) {
  const { find } = view;
  find(".open span").textContent = words.label;
  find("h2").textContent = words.title;
  find(".note").textContent = view.marks ? words.note : "";
  find(".close").setAttribute("aria-label", words.close);
  find("dl").setAttribute("aria-label", words.title);
  find("dl").replaceChildren(...terms.map((term) => {
    const entry = document.createElement("div");
    for (const [tag, text] of [["dt", term.name], ["dd", term.means]]) {
      entry.appendChild(document.createElement(tag)).textContent = text;
    }
    return entry;
  }));
}

function build(parentElement) {
  const find = (selector) => parentElement.querySelector(selector);
  const view = { find, page: parentElement.ownerDocument, tip: find(".meaning"), found: [] };
  view.marks = Boolean(globalThis.CSS?.highlights && view.tip.showPopover);
  const dialog = find("dialog");
  find(".open").onclick = () => dialog.showModal();
  find(".close").onclick = () => dialog.close();
  dialog.onclick = (event) => event.target === dialog && dialog.close(); // beside it
  return view;
}

export default function ({ parentElement, data }) {
  const view = views.get(parentElement) ?? build(parentElement);
  views.set(parentElement, view);
  if (view.language !== data.language) {
    write(view, data);
    view.reader = reader(data.terms);
    view.language = data.language;
  }
  if (!view.marks) return undefined;
  const listening = new AbortController();
  const { signal } = listening;
  view.page.addEventListener("click", (event) => onClick(view, event), { signal });
  view.page.addEventListener("scroll", () => view.tip.hidePopover(), { signal, capture: true, passive: true });
  const observer = new MutationObserver(() => markSoon(view));
  observer.observe(view.page.body, { childList: true, characterData: true, subtree: true });
  markSoon(view);
  return () => {
    listening.abort();
    observer.disconnect();
  };
}
