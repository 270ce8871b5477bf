// Takes the reader back up to what they changed from far below it, as on a phone. `turn` tells one change from the next.

const turns = new Map();

export default function ({ data: { place, turn } }) {
  const node = document.querySelector(`.st-key-${place}`);
  if (turns.has(place) && turns.get(place) !== turn && node?.getBoundingClientRect().top < 0) bringUp(node);
  turns.set(place, turn);
}
