// Takes the reader back up to what they changed from far below it, as on a phone. `turn` tells one change from the next.

const turns = new Map();
const LONG = 4000; // ms in which what changed may still shrink and grow
let stop = () => {};

// Up to the place, and again whenever its size changes (a page that was short for a moment has moved), until the reader
// moves by themselves.
function keepUp(node) {
  stop();
  const over = new AbortController();
  const header = document.querySelector("[data-testid=stHeader]");
  const isAbove = () => node.getBoundingClientRect().top < header.getBoundingClientRect().bottom;
  const look = () => !over.signal.aborted && isAbove() && bringUp(node);
  const observer = new ResizeObserver(() => setTimeout(look, 50)); // once the page has moved with it
  observer.observe(node);
  stop = () => {
    observer.disconnect();
    over.abort();
  };
  for (const act of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    window.addEventListener(act, stop, { capture: true, passive: true, signal: over.signal });
  }
  setTimeout(stop, LONG);
}

export default function ({ data: { place, turn } }) {
  const node = document.querySelector(`.st-key-${place}`);
  if (node && turns.has(place) && turns.get(place) !== turn) keepUp(node);
  turns.set(place, turn);
}
