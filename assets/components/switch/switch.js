// One large switch. It moves under the hand at once; Python's answer follows with what is true.

export default function ({ parentElement, data, setTriggerValue }) {
  const find = (selector) => parentElement.querySelector(selector);
  const button = find("button");
  const show = (on) => button.setAttribute("aria-checked", String(on));
  find(".name").textContent = data.name;
  find(".on").textContent = data.states.on;
  find(".off").textContent = data.states.off;
  find(".note").textContent = data.note;
  show(data.on);
  button.onclick = () => {
    const on = button.getAttribute("aria-checked") !== "true";
    show(on);
    setTriggerValue("turned", on);
  };
}
