// The keys of a presenter go to the lesson before or after, unless they belong to what has the focus.

const WAYS = {
  ArrowRight: ".st-key-lesson_next a", PageDown: ".st-key-lesson_next a",
  ArrowLeft: ".st-key-lesson_back a", PageUp: ".st-key-lesson_back a",
};
const TYPED = "textarea, select, [contenteditable=true], [role=menu], [role=listbox], dialog, "
  + "input:not([type=range], [type=radio], [type=checkbox], [type=file])";
const STEPPED = "input, canvas, [role=slider], [role=radio], [role=tab], [role=application], [role=grid], "
  + ".stBidiComponent, .js-plotly-plot"; // they keep the arrow keys; a map that uses the page keys says so itself

const arrows = new WeakMap(); // whether the arrow keys turn to another lesson here, or the toy keeps them

export default function ({ parentElement, data }) {
  arrows.set(parentElement, data.arrows);
  const page = parentElement.ownerDocument;
  const turn = (event) => {
    const way = WAYS[event.key];
    if (event.key.startsWith("Arrow") && !arrows.get(parentElement)) return;
    if (!way || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const own = event.key.startsWith("Arrow") ? `${TYPED}, ${STEPPED}` : TYPED;
    if (event.composedPath().some((node) => node.matches?.(own))) return;
    const link = page.querySelector(way);
    if (!link) return;
    event.preventDefault();
    link.click();
  };
  page.addEventListener("keydown", turn);
  // What scrolls is not the body: without the focus it would not hear the keys that go down a page.
  if (page.activeElement === page.body) page.querySelector("[data-testid=stMain]")?.focus({ preventScroll: true });
  return () => page.removeEventListener("keydown", turn);
}
