// What every component builds itself from.

// A new element at the end of another.
function part(parent, tag, className = "") {
  const node = document.createElement(tag);
  node.className = className;
  parent.append(node);
  return node;
}
