// A plain page in the place of everything, for what cannot be shown otherwise.

let failed = false;

/** Shows a title, a sentence, and an element below them. */
export function say(title, words, way = "") {
  const main = element("main", "frame__main", "");
  const row = element("p", "", "");
  row.append(way);
  main.append(element("h1", "", title), element("p", "", words), row);
  document.getElementById("app").replaceChildren(main);
  document.title = title;
}

/** Shows the first failure, with a way to load the page again. The whole page goes, so that no secret outlives it. */
export function fail(reason, advice) {
  if (failed) return;
  failed = true;
  const button = element("button", "button button--primary", "Reload");
  button.addEventListener("click", () => location.reload());
  say(reason, advice, button);
}

/** Shows that a file of the page's code is missing. */
export function failToLoad() {
  fail(
    "The page's code could not be loaded.",
    "Reload the page. If that does not help, files on the server may be missing or changed on the way, or your browser may be too old: tell whoever runs this page.",
  );
}

/** A new element. */
export function element(name, className, textContent) {
  return Object.assign(document.createElement(name), { className, textContent });
}
