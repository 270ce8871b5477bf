// From all candidate boxes to the few that stay, as attention/networks/detections.py does it: the best box of what is
// left stays, and takes away the boxes of its class that overlap it by more than the threshold.

const areaOf = ([left, top, right, bottom]) => Math.max(0, right - left) * Math.max(0, bottom - top);

// Intersection over union, with both areas.
function overlapOf(a, b) {
  const shared = [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
  const overlap = areaOf(shared);
  const union = areaOf(a) + areaOf(b) - overlap;
  return { shared, overlap, union, iou: union > 0 ? overlap / union : 0 };
}

// Packed rows of left, top, right, bottom, score, class, best first.
function candidatesOf({ values, names }, count) {
  const numbers = unpack(values, 6 * count);
  return Array.from({ length: count }, (_, at) => {
    const [left, top, right, bottom, score, kind] = numbers.subarray(6 * at, 6 * at + 6);
    return { box: [left, top, right, bottom], score, colour: kind, label: names[kind] };
  });
}

// What stays in turn, each with what it takes away.
function suppress(candidates, score, iou) {
  let left = candidates.filter((candidate) => candidate.score > score);
  const rounds = [];
  while (left.length) {
    const [kept, ...others] = left;
    const removed = [];
    left = [];
    for (const other of others) {
      const pair = other.colour === kept.colour ? overlapOf(kept.box, other.box) : null;
      if (pair && pair.iou > iou) removed.push({ ...other, pair });
      else left.push(other);
    }
    removed.sort((a, b) => a.pair.iou - b.pair.iou); // the closest decision comes first
    rounds.push({ kept, removed, left });
  }
  return rounds;
}

// What is drawn at a step: 0 is all candidates, the last one the result, and between them a step for every box that stays.
function drawnAt({ rounds, at, picked }) {
  const styled = (items, style) => items.map((item) => ({ ...item, style }));
  if (!rounds.length) return [];
  if (at === 0) return styled([rounds[0].kept, ...rounds[0].removed, ...rounds[0].left], "waiting");
  if (at > rounds.length) return styled(rounds.map(({ kept }) => kept), "kept");
  const { kept, removed, left } = rounds[at - 1];
  const before = rounds.slice(0, at - 1).map(({ kept: earlier }) => earlier);
  const now = removed.map((item, i) => ({ ...item, style: "removed", picked: i === picked }));
  return [...styled(left, "waiting"), ...styled(before, "kept"), ...now, { ...kept, style: "now" }];
}

// What becomes of every candidate in the end, the best first.
function endOf({ rounds }) {
  const styled = (items, style) => items.map((item) => ({ ...item, style }));
  const all = rounds.flatMap(({ kept, removed }) => [...styled([kept], "kept"), ...styled(removed, "removed")]);
  return all.sort((a, b) => b.score - a.score);
}

// The step's words, and a button for every box it takes away.
function writeSteps(view) {
  const { rounds, at, picked, settings, data: { words }, find } = view;
  const round = at > 0 && at <= rounds.length ? rounds[at - 1] : null;
  const [score, iou] = [settings.score, settings.iou].map((percent) => (percent / 100).toFixed(2));
  const count = rounds.length ? 1 + rounds[0].removed.length + rounds[0].left.length : 0;
  const name = !rounds.length ? "none" : at === 0 ? "all" : !round ? "result" : round.removed.length ? "takes" : "alone";
  const values = {
    score, iou, count, kept: rounds.length, at, of: rounds.length,
    label: round?.kept.label, best: round?.kept.score.toFixed(2), gone: round?.removed.length,
  };
  view.write(".step", filled(words[name], values));
  for (const setting of ["score", "iou"]) {
    view.write(`.${setting} output`, setting === "score" ? score : iou);
    find(`.${setting} input`).value = settings[setting];
  }
  const buttons = (round?.removed ?? []).map((item, i) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = filled(words.chip, { score: item.score.toFixed(2), iou: item.pair.iou.toFixed(2) });
    button.setAttribute("aria-pressed", String(i === picked));
    button.onclick = () => {
      view.picked = i;
      show(view);
      find(".pairs").children[i].focus();
    };
    return button;
  });
  find(".pairs").replaceChildren(...buttons);
  const pair = round?.removed[picked]?.pair;
  const areas = pair && { overlap: grouped(pair.overlap), union: grouped(pair.union), iou: pair.iou.toFixed(3), most: iou };
  view.write(".pair", pair ? filled(words.pair, areas) : "\u00a0");
  find(".first").disabled = find(".previous").disabled = at === 0;
  find(".next").disabled = find(".last").disabled = at > rounds.length || !rounds.length;
}

const grouped = (number) => Math.round(number).toLocaleString("en").replaceAll(",", "\u202f");

function wireSteps(view) {
  for (const setting of ["score", "iou"]) {
    const input = view.find(`.${setting} input`);
    input.oninput = () => set(view, { [setting]: Number(input.value) });
    input.onchange = () => tell(view);
  }
  const go = (step) => () => {
    set(view, { round: step(view.at, view.rounds.length + 1) });
    tell(view);
  };
  view.find(".first").onclick = go(() => 0);
  view.find(".previous").onclick = go((at) => at - 1);
  view.find(".next").onclick = go((at) => at + 1);
  view.find(".last").onclick = go((_, last) => last);
}

// A change by the reader, drawn at once.
function set(view, news) {
  Object.assign(view.settings, news);
  view.picked = 0;
  count(view);
  show(view);
}

function count(view) {
  const { score, iou, round } = view.settings;
  view.rounds = suppress(view.candidates, score / 100, iou / 100);
  view.at = view.rounds.length ? Math.min(round, view.rounds.length + 1) : 0;
}

// Once the reader lets go, Python hears of it.
function tell(view) {
  view.talk.sent.push(JSON.stringify(view.settings));
  view.setTriggerValue("settings", { ...view.settings });
}

function hear(view, { score, iou, round }) {
  const news = { score, iou, round };
  if (isNews(view.talk, news)) view.settings = news;
}
