// How the reader looks at masks: the same for all viewers of the page, whatever their number. Python tells it apart from
// the pictures (assets/components/mask_settings); a change is shown at once by every viewer, and Python hears of it once
// the reader lets go.

const views = new Set(); // on the page now
let settings = null; // look, beside, opacity, colours, signed, keep, contour: as they stand in the address
const talk = { told: "", sent: [] };

function hear(news) {
  if (isNews(talk, news)) change(news);
}

document.addEventListener("masksettings", ({ detail }) => hear(detail));
if (document.maskSettings) hear(document.maskSettings);

function change(news) {
  settings = { ...settings, ...news };
  for (const view of views) if (view.data) show(view);
}

// A change by the reader that is over.
function settle(view, news) {
  change(news);
  talk.sent.push(JSON.stringify(settings));
  view.setTriggerValue("settings", settings);
}

// The look of one viewer: the one it opens with, until the reader chooses another that it has.
const lookOf = ({ data }) => (data.looks.includes(settings.look) ? settings.look : data.opening);
const colourOf = ({ data }) => (data.scale === "diverging" ? settings.signed : settings.colours);
// What a reader compares the picture with, side by side and by swiping.
const otherOf = ({ data }) => {
  const chosen = data.looks.includes(settings.beside) ? settings.beside : null;
  return chosen ?? (data.result ? "result" : "overlay");
};
const compares = (view) => ["pair", "swipe"].includes(lookOf(view));
