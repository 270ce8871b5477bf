// Takes the reader back up to the steps when another one was chosen far below them, as on a phone.

let shown = null;

export default function ({ data: { step } }) {
  const steps = document.querySelector(".st-key-detect");
  if (shown !== null && shown !== step && steps?.getBoundingClientRect().top < 0) bringUp(steps);
  shown = step;
}
