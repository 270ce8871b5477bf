// Pointing and choosing: the mouse, a finger and the keyboard. Nothing here waits for Python.

// "its → Law  0.804": the exact number between the pinned word and another, which asks and which is looked at.
function pairText(view, one, other) {
  const { data } = view;
  const head = drawnHeads(view).reduce((best, next) => (weightOf(view, next, one, other) > weightOf(view, best, one, other) ? next : best));
  const weight = weightOf(view, head, one, other);
  const [asks, looks] = data.direction === "in" ? [other, one] : [one, other];
  // Numbers that travelled in 256 steps are only nearly what was computed, and say so.
  const value = data.weights.type === "uint8" ? `≈ ${printed(weight, 2)}` : exactly(weight, 3);
  return (view.heads > 1 ? data.text.hover_head : data.text.hover)
    .replace("{row}", () => isolate(data.words[asks]))
    .replace("{column}", () => isolate(data.words[looks]))
    .replace("{value}", () => value)
    .replace("{head}", () => data.heads[head]);
}

const strongestPair = (view, at) => pairText(view, at, strongest(strongestOver(view, at).values));

// The pinned word with the one pointed at; the pinned word itself with the one that it is tied to most.
const hoverText = (view, at) =>
  view.pinned == null || at === view.pinned ? strongestPair(view, at) : pairText(view, view.pinned, at);

// Whose attention is shown, while that is another word's than the pinned one's.
function shownText(view, at) {
  if (at !== view.hovered || at === view.pinned) return "";
  return view.data.text.shown.replace("{word}", () => isolate(view.data.words[at]));
}

function showTip(view, at) {
  const { tip, stage, flow } = view;
  tip.hidden = at == null;
  if (at == null) return;
  const [numbers, shown, role] = tip.children;
  numbers.textContent = hoverText(view, at);
  shown.textContent = shownText(view, at);
  role.textContent = view.data.text.role;
  const { button, share } = view.chips[at];
  const middle = flow.offsetLeft + button.offsetLeft + button.offsetWidth / 2;
  tip.style.left = `${Math.max(0, Math.min(stage.clientWidth - tip.offsetWidth, middle - tip.offsetWidth / 2))}px`;
  tip.style.top = `${share.offsetTop + share.offsetHeight - flow.scrollTop + 6}px`;
}

function point(view, at) {
  if (at === view.hovered) return;
  view.hovered = at;
  paint(view);
  showTip(view, at);
}

// Shown at once where a click moves the pin; Python's answer follows.
function choose(view, at) {
  const { data } = view;
  if (data.pins) {
    view.pinned = at;
    if (data.role === "asks") data.asks = at;
    else data.looks = [at];
    markChips(view);
    paint(view);
    if (view.hovered != null) showTip(view, view.hovered);
  }
  setStop(view, at);
  view.setTriggerValue("chosen", { index: at });
}

// The chip in the next or the last line that stands nearest.
function beside(view, at, lines) {
  measure(view);
  const here = view.place[at];
  const tops = [...new Set(view.place.map(({ top }) => top))].sort((one, other) => one - other);
  const top = tops[tops.indexOf(here.top) + lines];
  if (top === undefined) return at;
  const far = (i) => (view.place[i].top === top ? Math.abs(view.place[i].middle - here.middle) : Infinity);
  return view.place.reduce((best, _, i) => (far(i) < far(best) ? i : best), at);
}

function step(view, at, key) {
  const last = view.chips.length - 1;
  const ahead = view.flow.dir === "rtl" ? -1 : 1;
  const moves = {
    ArrowRight: () => at + ahead, ArrowLeft: () => at - ahead, Home: () => 0, End: () => last,
    ArrowDown: () => beside(view, at, 1), ArrowUp: () => beside(view, at, -1),
  };
  return moves[key] && Math.max(0, Math.min(last, moves[key]()));
}

function onKey(view, event) {
  const at = view.chips.findIndex(({ button }) => button === event.target);
  if (event.altKey || event.ctrlKey || event.metaKey || at < 0) return;
  if (event.key === "Escape") {
    setStop(view, view.pinned ?? 0);
    return event.target.blur();
  }
  const next = step(view, at, event.key);
  if (next === undefined) return;
  event.preventDefault();
  setStop(view, next);
  view.chips[next].button.focus();
}

function wirePointing(view) {
  const { flow } = view;
  const wordAt = (event) => event.target.closest(".word")?.word ?? null;
  flow.onpointerover = (event) => event.pointerType !== "touch" && point(view, wordAt(event));
  flow.onpointerleave = (event) => event.pointerType !== "touch" && point(view, null);
  flow.onclick = (event) => {
    const at = wordAt(event);
    if (at == null) return;
    // A finger does not hover: the tip says the number before the pin moves.
    if (event.pointerType === "touch") showTip(view, at);
    choose(view, at);
  };
  flow.addEventListener("focusin", (event) => {
    const at = wordAt(event);
    if (at == null || !event.target.matches(":focus-visible")) return;
    point(view, at);
    view.said.textContent = [...new Set([hoverText(view, at), strongestPair(view, at)])].join(" · ");
  });
  flow.addEventListener("focusout", () => {
    view.hovered = null;
    paint(view);
    showTip(view, null);
  });
  flow.onscroll = () => showTip(view, null);
  flow.onkeydown = (event) => onKey(view, event);
}
