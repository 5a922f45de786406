// Where a portal sends people back to. In a window of its own it hands the answer to the page that opened it; if the
// whole page had to leave, it leads back there.
import { handBack, isWaiting, stateOf } from "./window.js";
import * as words from "./words.js";

const answer = location.search + location.hash;
if (isWaiting()) {
  say(words.askingPortal);
} else {
  // The code stays in no history and goes out in no header.
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
