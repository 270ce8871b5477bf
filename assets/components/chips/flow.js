// The sentence as chips that wrap like text. They stay in place when only numbers change, so that focus is kept.

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufefc]/;

function makeChip(view, word, at) {
  const box = document.createElement("span");
  const button = document.createElement("button");
  const share = document.createElement("div");
  const ticks = document.createElement("div");
  button.type = "button";
  button.dir = "auto";
  button.tabIndex = -1;
  button.textContent = word;
  button.setAttribute("aria-describedby", "role");
  share.className = "share";
  ticks.className = "ticks";
  share.ariaHidden = ticks.ariaHidden = "true";
  box.append(button, share, ticks);
  box.word = at;
  return { box, button, share, ticks };
}

// A sentence written right to left also flows that way; its first letter decides, as in any text.
function flowDirection({ words, special }) {
  const first = words.filter((_, i) => !special.includes(i)).join("").match(/\p{L}/u);
  return first && RIGHT_TO_LEFT.test(first[0]) ? "rtl" : "ltr";
}

function makeFlow(view) {
  const { data, flow } = view;
  view.chips = data.words.map((word, at) => makeChip(view, word, at));
  view.hovered = null;
  view.stop = null;
  view.tip.hidden = true;
  flow.dir = flowDirection(data);
  flow.replaceChildren(view.svg, ...view.chips.map(({ box }) => box));
}

// What a chip is: a part of a word, a special piece, masked, the word that asks, a word that is looked at.
function markChips(view) {
  const { data } = view;
  const within = (list) => new Set(list);
  const marks = { continues: within(data.continues), special: within(data.special), masked: within(data.masked), looks: within(data.looks), asks: within([data.asks]) };
  const pressed = { asks: marks.asks, looks: marks.looks, mask: marks.masked }[data.role];
  view.chips.forEach(({ box, button }, i) => {
    const names = Object.keys(marks).filter((name) => marks[name].has(i));
    if (marks.continues.has(i + 1)) names.push("goes-on");
    box.className = ["word", ...names].join(" ");
    button.title = data.full[i] ?? "";
    button.ariaPressed = String(pressed.has(i));
  });
  if (!view.flow.matches(":focus-within")) setStop(view, view.pinned ?? 0);
}

// One chip of the sentence is a stop of the Tab key; the arrow keys move it.
function setStop(view, at) {
  const before = view.chips[view.stop];
  if (before) before.button.tabIndex = -1;
  view.stop = Math.min(at, view.chips.length - 1);
  view.chips[view.stop].button.tabIndex = 0;
}

// Scrolls the flow by itself, never the page, until the pinned word is in view.
function keepInView(view, at) {
  const place = view.place?.[at];
  const { flow } = view;
  if (!place || flow.scrollHeight <= flow.clientHeight) return;
  const room = view.data.lines ? view.room : 0;
  if (place.top - room >= flow.scrollTop && place.below <= flow.scrollTop + flow.clientHeight) return;
  flow.scrollTop = (place.top + place.below - flow.clientHeight) / 2;
}

function fit(view) {
  if (!view.flow.clientWidth) return;
  measure(view);
  paint(view);
}
