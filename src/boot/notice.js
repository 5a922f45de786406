// Replaces everything by a plain page when nothing else can be shown.
import * as words from "../words.js";

let failed = false;

/** Shows a title, a sentence, and an element below them. */
export function say(title, message, way = "") {
  const main = element("main", "frame__main", "");
  const row = element("p", "", "");
  row.append(way);
  main.append(element("h1", "", title), element("p", "", message), row);
  document.getElementById("app").replaceChildren(main);
  document.title = title;
}

/** Shows the first failure, with a way to load the page again. The whole page goes, so that no secret outlives it. */
export function fail(reason, advice) {
  if (failed) return;
  failed = true;
  const button = element("button", "button button--primary", words.reload);
  button.addEventListener("click", () => location.reload());
  say(reason, advice, button);
}

/** Shows that a file of the page's code is missing. */
export function failToLoad() {
  fail(words.notLoaded, words.notLoadedAdvice);
}

/** A new element. */
export function element(name, className, textContent) {
  return Object.assign(document.createElement(name), { className, textContent });
}
