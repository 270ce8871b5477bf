// Tells the browser which language the page is in: for screen readers, hyphenation and the choice of Chinese letter forms.
export default function ({ parentElement, data }) {
  parentElement.ownerDocument.documentElement.lang = data.language;
}
