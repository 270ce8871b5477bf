// On a phone the menu lies over the page: it is closed when another page has come, and when one is opened with it.
const NARROW = "(max-width: 768px)";
const CLOSE = "[data-testid=stSidebar][data-collapsed=false] [data-testid=stSidebarCollapseButton] button";
let shown;

export default function ({ parentElement, data }) {
  if (data.page === shown) return;
  shown = data.page;
  if (matchMedia(NARROW).matches) parentElement.ownerDocument.querySelector(CLOSE)?.click();
}
