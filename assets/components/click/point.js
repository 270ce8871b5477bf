// Clicking: with a mouse, a finger or the keyboard. What is asked for then is shown at once and sent whole, so that of
// several quick clicks none is lost.

const TREMBLE = 6; // CSS pixels: what moves less is a click
const STRIDE = 1 / 32; // of the longer side: one step of an arrow key
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

// The pixel of the picture under the pointer, the nearest one where it has left the picture.
function pixelAt({ canvas, place, picture: { size } }, event) {
  const box = canvas.getBoundingClientRect();
  const inside = (at, most) => Math.max(0, Math.min(most - 1, Math.floor(at / place.scale)));
  return [inside(event.clientX - box.left, size[0]), inside(event.clientY - box.top, size[1])];
}

const boxAround = ([a, b], [c, d]) => [Math.min(a, c), Math.min(b, d), Math.max(a, c) + 1, Math.max(b, d) + 1];

// What a click means: the keys that are held say more than the mode.
const meaning = ({ told }, event) => (event.altKey ? "not" : event.shiftKey ? "add" : told.does);

// What stands under the picture; `told` where it answers what the reader did, and not only the keyboard's user.
function hint(view, words, told = false) {
  const keys = view.find(".keys");
  keys.textContent = words;
  keys.classList.toggle("told", told);
  if (told) view.said.textContent = words;
}

function ask(view, asked) {
  view.drag = null;
  view.asked = asked;
  view.sent.push(codeOf(asked));
  draw(view);
  view.setTriggerValue("asked", asked);
}

function click(view, [x, y], means) {
  if (means === "box") return hint(view, view.told.words.drag, true); // a box is not thrown away by a slip
  const { points, box } = view.asked;
  const alone = means === "new";
  const point = [x, y, means === "not" ? 0 : 1];
  if (!alone && points.length >= view.told.most) return;
  ask(view, { points: alone ? [point] : [...points, point], box: alone ? null : box });
}

const drawsBox = ({ told }, event) => told.does === "box" || event.pointerType === "mouse";

function wirePointing(view) {
  const { canvas } = view;
  let held = null;
  const moved = (event) => Math.hypot(event.clientX - held.clientX, event.clientY - held.clientY) >= TREMBLE;
  canvas.onpointerdown = (event) => {
    if (event.button || !fits(view)) return;
    held = { clientX: event.clientX, clientY: event.clientY, from: pixelAt(view, event) };
    if (drawsBox(view, event)) canvas.setPointerCapture(event.pointerId);
  };
  canvas.onpointermove = (event) => {
    if (!held || !drawsBox(view, event) || !(view.drag || moved(event))) return;
    view.drag = boxAround(held.from, pixelAt(view, event));
    draw(view);
  };
  canvas.onpointerup = (event) => {
    if (!held) return;
    const { drag } = view;
    view.cursor = null;
    if (drag) ask(view, { points: [], box: drag });
    else if (!moved(event)) click(view, held.from, meaning(view, event));
    held = null;
  };
  const leave = () => {
    held = view.drag = view.cursor = null;
    if (fits(view)) draw(view);
  };
  canvas.onpointercancel = leave;
  canvas.onblur = leave;
  canvas.onkeydown = (event) => onKey(view, event);
}

// Arrows move a cross, Enter clicks; where boxes are drawn, the first Enter sets a corner and the second one the other.
function onKey(view, event) {
  const { size } = view.picture;
  if (event.ctrlKey || event.metaKey || !fits(view)) return;
  const last = view.asked.points.at(-1) ?? size.map((side) => side >> 1);
  const here = view.cursor ?? last.slice(0, 2);
  const arrow = !event.altKey && ARROWS[event.key]; // with Alt it is the browser's Back
  if (event.key === "Escape") {
    Object.assign(view, { cursor: null, drag: null, corner: null });
  } else if (arrow) {
    const step = Math.max(1, Math.round(Math.max(...size) * STRIDE));
    view.cursor = here.map((at, axis) => Math.max(0, Math.min(size[axis] - 1, at + step * arrow[axis])));
    if (view.corner) view.drag = boxAround(view.corner, view.cursor);
    view.said.textContent = filled(view.told.words.place, { x: view.cursor[0], y: view.cursor[1] });
  } else if (event.key === "Enter" || event.key === " ") {
    view.cursor = here;
    if (meaning(view, event) !== "box") click(view, here, meaning(view, event));
    else if (view.drag) {
      view.corner = null;
      ask(view, { points: [], box: view.drag });
    } else view.corner = here;
  } else return;
  event.preventDefault();
  draw(view);
}
