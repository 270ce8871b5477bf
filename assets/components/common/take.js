// What every component needs to hand something to the reader: a file, a link.

function save(name, type, parts) {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

const escapeXml = (text) =>
  text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");

// Text in lines no wider than `width`: Chinese may break anywhere, other words stay whole, and so does what a no-break space joins.
function wrapText(context, text, size, width, font) {
  context.font = `${size}px ${font}`;
  const lines = [""];
  for (const piece of text.match(/[\u2e80-\uffff]|(?:[^\s\u2e80-\uffff]|\u00a0)+|[^\S\u00a0]+/gu) ?? []) {
    if (lines.at(-1) && context.measureText(lines.at(-1) + piece).width > width) lines.push("");
    if (lines.at(-1) || piece.trim()) lines[lines.length - 1] += piece;
  }
  return lines.filter(Boolean).map((line) => ({ line, size }));
}

// The address of this very view, to the clipboard.
async function copyLink(view, button, words) {
  try {
    await navigator.clipboard.writeText(location.href);
    button.textContent = words.done;
  } catch {
    window.prompt(words.help, location.href); // no clipboard without https: let the reader copy by hand
  }
  setTimeout(() => (button.textContent = words.label), 1500);
}
