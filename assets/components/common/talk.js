// What the reader sets travels to Python and comes back; meanwhile the reader may have gone on.

// Python's word counts when it is new, unless it answers a change that others have followed since. `told` is what Python
// said last, `sent` what it has been sent since, both as JSON.
function isNews(talk, news) {
  const text = JSON.stringify(news);
  if (text === talk.told) return false;
  talk.told = text;
  const answered = talk.sent.lastIndexOf(text);
  if (answered >= 0 && answered < talk.sent.length - 1) return false;
  talk.sent = [];
  return true;
}
