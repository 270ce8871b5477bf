// Tells all mask viewers of the page how the reader looks at masks: those that are there, and those still to come.

export default function ({ data }) {
  document.maskSettings = data;
  document.dispatchEvent(new CustomEvent("masksettings", { detail: data }));
}
