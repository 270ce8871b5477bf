// A picture to click on, and the object that a network finds there.
// Python mounts this twice (figures/click_marks.py): with the picture, and, small, with what it made of the clicks. What
// the reader asks for goes back from the first as `asked`: all points [x, y, 1 or 0 for "not this"] and the box.

const views = new WeakMap();
const live = new Set();
let told = null; // what Python last said of the clicks

const codeOf = ({ points, box }) => JSON.stringify([points, box]);
// Only when both speak of the same picture: on a new one, one of them comes first.
const fits = ({ picture }) => told?.id === picture.id;

function build(parentElement) {
  const find = (selector) => parentElement.querySelector(selector);
  const canvas = find(".stage canvas");
  const view = {
    canvas, context: canvas.getContext("2d"), stage: find(".stage"), said: find(".said"), find,
    image: new Image(), mask: null, cursor: null, drag: null, corner: null, sent: [],
  };
  wirePointing(view);
  view.observer = new ResizeObserver(() => fit(view));
  return view;
}

function fit(view) {
  const width = view.stage.clientWidth;
  if (!width || !view.picture) return;
  view.place = layOut(view, width);
  draw(view);
}

function showPicture(view, picture) {
  view.picture = picture;
  if (!fits(view)) view.find("figcaption").classList.add("stale"); // it speaks of another picture, or another reading
  if (view.image.src !== picture.picture) {
    view.mask = null;
    view.image = new Image();
    view.image.onload = () => draw(view);
    view.image.src = picture.picture;
  }
  fit(view);
}

// What Python made of the clicks. An answer to clicks that others have followed since does not take their place.
function showAnswer(view) {
  const place = view.sent.indexOf(codeOf(told));
  const outdated = place >= 0 && place < view.sent.length - 1;
  view.sent = outdated ? view.sent.slice(place + 1) : [];
  if (!outdated) view.asked = { points: told.points, box: told.box };
  view.told = told;
  view.canvas.classList.toggle("drags", told.does === "box");
  view.canvas.setAttribute("aria-label", told.sentence);
  view.find("figcaption").textContent = told.sentence;
  view.find("figcaption").classList.remove("stale");
  hint(view, told.words.keys);
  if (view.mask?.url === told.mask) return draw(view);
  const image = new Image();
  image.onload = () => {
    if (view.told.mask !== image.src) return;
    view.mask = { url: image.src, image };
    draw(view);
  };
  image.src = told.mask;
}

export default function ({ parentElement, data, setTriggerValue }) {
  if (!data.picture) {
    parentElement.querySelector(".click").hidden = true;
    told = data;
    for (const view of live) if (fits(view)) showAnswer(view);
    return;
  }
  const view = views.get(parentElement) ?? build(parentElement);
  views.set(parentElement, view);
  live.add(view);
  view.setTriggerValue = setTriggerValue;
  showPicture(view, data);
  if (fits(view)) showAnswer(view);
  view.observer.observe(view.stage);
  return () => {
    view.observer.disconnect();
    live.delete(view);
  };
}
