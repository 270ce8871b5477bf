// Where the terms stand on the page. They are painted by the browser (CSS Custom Highlight API): its nodes stay as they are.

const TEXTS = "[data-testid=stMain] [data-testid=stMarkdownContainer]";
// No definition opens where a click means something else, in headings, in code, or in what is not prose.
const NOT_IN = "a, button, label, summary, code, pre, h1, h2, h3, h4, h5, h6, .katex, .stMarkdownBadge, [role=radio], "
  + "[role=tab], [role=button], [data-testid=stWidgetLabel], [data-testid=stBadge]";
const PARAGRAPH = "p, li, td, th, dd, blockquote";

// One expression for all words, the longest first; a word in letters ends where its letters end, a Chinese one anywhere.
function reader(terms) {
  const owners = new Map(terms.flatMap((term) => term.words.map((word) => [word.toLowerCase(), term])));
  const spell = (word) => {
    const exact = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return /^[a-z]/i.test(word) ? `(?<![\\p{Script=Latin}\\p{N}_])${exact}(?![\\p{Script=Latin}\\p{N}_])` : exact;
  };
  const longestFirst = [...owners.keys()].sort((a, b) => b.length - a.length);
  return { owners, pattern: new RegExp(longestFirst.map(spell).join("|"), "giu") };
}

// The first place of each term in each paragraph: [{ range, term }].
function findTerms(page, { owners, pattern }) {
  const found = [];
  for (const text of page.querySelectorAll(TEXTS)) {
    if (text.closest(NOT_IN)) continue;
    const seen = new Map();
    const walker = page.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const match of node.data.matchAll(pattern)) {
        if (node.parentElement.closest(NOT_IN)) break;
        const paragraph = node.parentElement.closest(PARAGRAPH) ?? text;
        const term = owners.get(match[0].toLowerCase());
        const here = seen.get(paragraph) ?? new Set();
        if (here.has(term)) continue;
        seen.set(paragraph, here.add(term));
        const range = new Range();
        range.setStart(node, match.index);
        range.setEnd(node, match.index + match[0].length);
        found.push({ range, term });
      }
    }
  }
  return found;
}

// The term under a point of the screen, with its place.
function termAt(found, x, y) {
  for (const { range, term } of found) {
    if (!range.startContainer.parentElement?.checkVisibility()) continue; // gone, or folded away
    for (const box of range.getClientRects()) {
      if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) return { term, box };
    }
  }
  return null;
}
