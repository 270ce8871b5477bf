// One dot product, then softmax, then the mixture, on a line of time: play, pause, drag, step. Beat k is done at time k.
// Time lives here; where it comes to rest goes to Python as `rested`, in tenths, and Python can set it, too.

const views = new WeakMap();
const BEAT = 2600; // milliseconds, of which numbers move for a part, and then can be read
const MOVES_FOR = 0.6;
const FREE = [" ", "ArrowLeft", "ArrowRight"]; // the keys that are the timeline's while nothing has the focus
const GLIDE = 900; // milliseconds of a beat that is gone to by hand; the way back takes one in all

const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const lastOf = (view) => view.data.beats.length - 1;
const beatAt = (time) => Math.ceil(time - 1e-6);

function show(view, time) {
  const beat = beatAt(time);
  view.time = calm() ? beat : time; // where motion is not wanted, time goes from beat to beat
  drawAt(view.scene, view.time, view.data.beats[beat].blocks);
  view.range.value = view.time;
  if (view.shown === beat) return;
  view.shown = beat;
  const { title, text, name } = view.data.beats[beat];
  writeBeat(view, beat);
  view.find(".scene").setAttribute("aria-label", `${title}. ${text}`);
  view.range.setAttribute("aria-valuetext", name);
  [...view.find("ol").children].forEach(({ firstChild }, at) => {
    if (at === beat) firstChild.setAttribute("aria-current", "step");
    else firstChild.removeAttribute("aria-current");
  });
  const focused = view.range.getRootNode().activeElement;
  view.find(".back").disabled = beat === 0;
  view.find(".next").disabled = beat === lastOf(view);
  if (focused?.disabled) view.find(".play").focus();
}

function writeBeat({ data, find }, beat) {
  find(".words h3").textContent = data.beats[beat].title;
  find(".words p").textContent = data.beats[beat].text;
}

// Room for the longest of all sentences: what stands below never moves.
function reserve(view) {
  const box = view.find(".words");
  box.style.minHeight = "";
  const heights = view.data.beats.map((_, beat) => {
    writeBeat(view, beat);
    return box.offsetHeight;
  });
  box.style.minHeight = `${Math.max(...heights)}px`;
}

// Runs `step(milliseconds since the last frame)` until it says that it is done.
function run(view, step) {
  stop(view);
  let before = performance.now();
  const frame = (now) => {
    if (!view.svg.isConnected) return;
    const more = step(now - before);
    before = now;
    if (more) view.frame = requestAnimationFrame(frame);
    else settle(view);
  };
  view.frame = requestAnimationFrame(frame);
}

function stop(view) {
  cancelAnimationFrame(view.frame);
  view.frame = null;
  setPlaying(view, false);
}

function setPlaying(view, playing) {
  view.playing = playing;
  const { play, pause } = view.data.words;
  view.find(".play").textContent = playing ? `❚❚ ${pause}` : `▶ ${play}`;
}

// Where it has come to rest: Python is told once.
function settle(view) {
  stop(view);
  const rested = Math.round(10 * view.time) / 10;
  if (rested === view.rested) return;
  view.rested = rested;
  view.talk.sent.push(JSON.stringify(rested));
  view.setTriggerValue("rested", rested);
}

function play(view) {
  const last = lastOf(view);
  let clock = view.time >= last ? 0 : view.time; // of which every beat has a pause at its end
  if (view.time >= last) show(view, 0);
  run(view, (passed) => {
    clock = Math.min(last, clock + Math.min(passed, 100) / BEAT);
    const whole = Math.floor(clock);
    show(view, Math.min(last, whole + Math.min(1, (clock - whole) / MOVES_FOR)));
    return clock < last;
  });
  setPlaying(view, true);
}

const toggle = (view) => (view.playing ? settle(view) : play(view));

function goTo(view, time) {
  const goal = Math.max(0, Math.min(lastOf(view), time));
  const from = view.time;
  const duration = GLIDE * Math.max(1, goal - from);
  let at = calm() ? 1 : 0;
  run(view, (passed) => {
    at = Math.min(1, at + Math.min(passed, 100) / duration);
    show(view, between(from, goal, at));
    return at < 1;
  });
}

const step = (view, by) => goTo(view, by > 0 ? Math.floor(view.time + 1e-6) + 1 : beatAt(view.time) - 1);

function onKey(view, event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const onButton = event.target.tagName === "BUTTON";
  const act = {
    ArrowRight: () => step(view, 1), ArrowLeft: () => step(view, -1), ArrowUp: () => step(view, -1), ArrowDown: () => step(view, 1),
    Home: () => goTo(view, 0), End: () => goTo(view, lastOf(view)), " ": onButton ? null : () => toggle(view),
  }[event.key];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation(); // the page has arrow keys of its own
  act();
}

// A key that went to the page, or to what holds the timeline, not to a control; the timeline must be in sight.
function onPage(view, event) {
  const isFree = event.target !== view.host && event.target.contains(view.host);
  if (!isFree || !FREE.includes(event.key) || event.shiftKey || event.defaultPrevented) return;
  const { top, height } = view.find(".scene").getBoundingClientRect();
  const middle = top + height / 2;
  if (middle > 0 && middle < window.innerHeight) onKey(view, event);
}

function build(parentElement) {
  const find = (selector) => parentElement.querySelector(selector);
  const host = parentElement.getRootNode().host ?? parentElement;
  const view = { find, host, svg: find("svg"), range: find("input"), time: 0, talk: { sent: [] } };
  view.onPage = (event) => onPage(view, event);
  find(".timeline").onkeydown = (event) => onKey(view, event);
  find(".scene").onclick = () => toggle(view);
  find(".play").onclick = () => toggle(view);
  find(".back").onclick = () => step(view, -1);
  find(".next").onclick = () => step(view, 1);
  view.range.oninput = () => {
    stop(view);
    show(view, Number(view.range.value));
  };
  view.range.onchange = () => settle(view);
  return view;
}

function writeWords(view) {
  const { data, find, range } = view;
  const { words } = data;
  for (const name of ["back", "next"]) {
    find(`.${name}`).title = words[name];
    find(`.${name}`).setAttribute("aria-label", words[name]);
  }
  for (const name of ["keys", "rounded"]) find(`.${name}`).textContent = words[name];
  find(".player").setAttribute("aria-label", words.label);
  range.setAttribute("aria-label", words.label);
  range.max = lastOf(view);
  range.step = calm() ? 1 : "any";
  find(".timeline").style.setProperty("--beats", data.beats.length);
  find("ol").replaceChildren(...data.beats.map(({ name }, at) => {
    const item = document.createElement("li");
    const button = part(item, "button");
    button.type = "button";
    button.title = name;
    part(button, "span", "number").textContent = at;
    part(button, "span", "name").textContent = name;
    button.setAttribute("aria-label", name);
    button.onclick = () => goTo(view, at);
    return item;
  }));
}

function redraw(view) {
  const width = view.find(".scene").clientWidth;
  if (!width) return;
  view.width = width;
  reserve(view);
  view.scene = makeScene(view);
  view.shown = null;
  show(view, view.time);
}

export default function ({ parentElement, data, setTriggerValue }) {
  const first = !views.has(parentElement);
  const view = views.get(parentElement) ?? build(parentElement);
  views.set(parentElement, view);
  const theme = themeOf(view.find(".timeline"));
  const text = JSON.stringify([{ ...data, time: null }, theme]);
  Object.assign(view, { data, theme, setTriggerValue });
  view.find(".timeline").dataset.theme = theme;
  const own = view.talk.sent.at(-1) === JSON.stringify(data.time); // the echo of where it came to rest here
  const news = isNews(view.talk, data.time) && !own;
  if (first) view.time = view.rested = data.time;
  if (text !== view.text) {
    view.text = text;
    writeWords(view);
    redraw(view);
    setPlaying(view, Boolean(view.playing));
  }
  if (news && !first) {
    view.rested = data.time;
    goTo(view, data.time);
  }
  view.observer?.disconnect();
  view.observer = new ResizeObserver(() => view.find(".scene").clientWidth !== view.width && redraw(view));
  view.observer.observe(view.find(".scene"));
  const page = parentElement.ownerDocument;
  page.addEventListener("keydown", view.onPage);
  return () => {
    view.observer.disconnect();
    page.removeEventListener("keydown", view.onPage);
  };
}
