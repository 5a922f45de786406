// The callback page. In a window of its own it passes the portal's answer to the page that opened it; if the whole page
// had to leave, it returns there.
import { handBack, isWaiting, stateOf } from "./window.js";
import * as words from "./words.js";

const answer = location.search + location.hash;
if (isWaiting()) {
  say(words.askingPortal);
} else {
  // Keeps the code out of the history and of Referer headers.
  history.replaceState(null, "", location.pathname);
  const left = takeLeft(stateOf(answer));
  if (left) {
    const [place, address] = JSON.parse(left);
    sessionStorage.setItem(`akw.answer${place}`, answer);
    if (new URL(address).origin === location.origin) location.replace(address);
  } else if (answer) {
    handBack(answer);
    say(words.goBack);
  } else {
    say(words.nothingAsked);
  }
}

function takeLeft(state) {
  try {
    const name = `akw.back.${state}`;
    const left = sessionStorage.getItem(name);
    sessionStorage.removeItem(name);
    return left;
  } catch {
    return null;
  }
}

function say(message) {
  document.getElementById("words").textContent = message;
}
