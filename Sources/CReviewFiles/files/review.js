// Keys for everything that the pages offer; each page works without this file too.
const help = document.getElementById("keys");

const isTyping = (element) =>
  element instanceof HTMLElement &&
  (element.isContentEditable ||
    element.tagName === "TEXTAREA" ||
    element.tagName === "SELECT" ||
    (element.tagName === "INPUT" && !["radio", "checkbox"].includes(element.type)));

// Moving in lists.
let place = -1;
const rows = () => [...document.querySelectorAll("[data-row]")];

function moveTo(next) {
  const all = rows();
  if (all.length === 0) return;
  place = Math.max(0, Math.min(all.length - 1, next));
  document.querySelector(".card.at")?.classList.remove("at");
  all[place].closest(".card")?.classList.add("at");
  all[place].focus();
}

// Hits in the text, one after the other.
let hit = -1;
function nextHit() {
  const all = [...document.querySelectorAll("[data-hit]")];
  if (all.length === 0) return;
  hit = (hit + 1) % all.length;
  all[hit].focus();
  all[hit].scrollIntoView({ block: "center" });
}

function press(key) {
  const button = document.querySelector(`[data-key="${key}"]`);
  button?.click();
  if (button) return true;
  const field = document.querySelector(`[data-focus="${key}"]`);
  field?.focus();
  return Boolean(field);
}

const actions = {
  j: () => moveTo(place + 1),
  k: () => moveTo(place - 1),
  o: () => rows()[place]?.click(),
  h: nextHit,
  q: () => location.assign("/queue"),
  m: () => document.querySelector("[data-note]")?.focus(),
  "/": () => {
    const field = document.querySelector("[data-search]");
    if (field) field.focus();
    else location.assign("/search");
  },
  "?": () => help?.showModal(),
};

document.addEventListener("keydown", (event) => {
  const target = event.target;
  if (event.key === "Enter" && event.ctrlKey) {
    const form = target.closest?.("form") ?? document.querySelector("[data-verdict]");
    if (form) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button.main") ?? undefined);
    }
    return;
  }
  if (event.key === "Escape" && isTyping(target)) return target.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(target) || help?.open) return;
  if (/^[1-5]$/.test(event.key)) {
    const choice = document.querySelector(`[data-choice="${event.key}"]`);
    if (choice) {
      event.preventDefault();
      choice.checked = true;
      document.querySelector("[data-why]")?.focus();
    }
    return;
  }
  const action = actions[event.key];
  if (action) {
    event.preventDefault();
    action();
  } else if (/^[a-z]$/.test(event.key) && press(event.key)) {
    event.preventDefault();
  }
});

for (const button of document.querySelectorAll("[data-help]")) {
  button.hidden = false;
  button.addEventListener("click", () => help?.showModal());
}

// The archived page is fetched only when somebody opens it.
for (const details of document.querySelectorAll("details[data-page]")) {
  details.addEventListener("toggle", () => {
    if (!details.open || details.querySelector("iframe")) return;
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "");
    frame.title = details.querySelector("summary").textContent;
    frame.src = details.dataset.page;
    details.append(frame);
  });
}
