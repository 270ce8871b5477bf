// A picture from the clipboard or the camera, each by a button.

const views = new WeakMap();

function build(parentElement) {
  const find = (selector) => parentElement.querySelector(selector);
  const view = { root: find(".capture"), find, stream: null };
  view.say = (text) => (find("p").textContent = text);
  view.send = async (file, name) => {
    const { limit, words } = view.data;
    view.say(words.sending);
    if (!(await sendPicture(file, name, limit, view.setTriggerValue))) view.say(words.refused);
  };
  find(".paste").onclick = () => readClipboard(view);
  find(".camera").onclick = () => openCamera(view);
  find(".shoot").onclick = () => takePicture(view);
  find(".other").onclick = () => otherCamera(view);
  find(".stop").onclick = () => closeCamera(view);
  find("input").onchange = ({ target }) => {
    if (target.files.length) view.send(target.files[0], target.files[0].name);
    target.value = "";
  };
  return view;
}

async function readClipboard(view) {
  const { words } = view.data;
  if (!navigator.clipboard?.read) return view.say(words.paste_keys);
  let items;
  try {
    items = await navigator.clipboard.read();
  } catch {
    return view.say(words.paste_keys);
  }
  for (const item of items) {
    const type = item.types.find((name) => PICTURE.test(name));
    if (type) return view.send(await item.getType(type), words.pasted);
  }
  view.say(words.paste_none);
}

export default function ({ parentElement, data, setTriggerValue }) {
  const view = views.get(parentElement) ?? build(parentElement);
  views.set(parentElement, view);
  Object.assign(view, { data, setTriggerValue });
  for (const name of ["paste", "camera", "shoot", "other", "stop"]) view.find(`.${name}`).textContent = data.words[name];
  view.find("video").setAttribute("aria-label", data.words.camera);
  return () => closeCamera(view);
}
