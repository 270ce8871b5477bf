// Takes the reader back up to the steps when another one was chosen far below them, as on a phone.

let shown = null;

export default function ({ data: { step } }) {
  const steps = document.querySelector(".st-key-detect");
  if (shown !== null && shown !== step && steps && steps.getBoundingClientRect().top < 0) {
    steps.style.scrollMarginTop = "4.5rem"; // below the page's header
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    steps.scrollIntoView({ behavior: calm ? "auto" : "smooth" });
  }
  shown = step;
}
