// Moving the page to a place on it.

function bringUp(place) {
  place.style.scrollMarginTop = "4.5rem"; // below the page's header
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  place.scrollIntoView({ behavior: calm ? "auto" : "smooth" });
}

// To what was opened further down, the container with this key, unless it is in sight already.
function reveal(key) {
  const place = document.querySelector(`.st-key-${key}`);
  if (place && place.getBoundingClientRect().top >= 0.6 * window.innerHeight) bringUp(place);
}
