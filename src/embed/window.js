// Both sides of a sign-in in a separate window. They communicate only by BroadcastChannel: a portal's headers can sever
// `opener`, and `closed` is not reliable (M-12).

const channel = (name) => new BroadcastChannel("akw." + name);

// The opening side: opens the window while a press allows it; the window waits on our page `callback` until it receives
// an address. Returns nothing if the browser blocks it. `before` is the previous window, which is abandoned.
export function openWindow(callback, before) {
  before?.stay();
  // Not a secret: only our own origin can listen on this channel.
  const name = Math.random().toString(36).slice(2);
  const line = channel(name);
  let word, back;
  line.onmessage = () => word !== undefined && line.postMessage(word);
  const tell = (said) => word !== "" && line.postMessage((word = said));
  if (!open(`${callback}#akw=${name}`, "", "popup,width=520")) return line.close();
  return {
    leave(address, state) {
      tell(address);
      back = channel(state);
      return new Promise((resolve) => {
        back.onmessage = ({ data }) => {
          back.postMessage("");
          this.stay();
          resolve(data);
        };
      });
    },
    stay() {
      tell("");
      line.close();
      back?.close();
    },
  };
}

// The window's side: returns whether this is such a window, which then goes to the address it receives, or closes
// without one, once `settled` has resolved, if given.
export function isWaiting(settled) {
  const name = /^#akw=(\w+)$/.exec(location.hash)?.[1];
  if (!name) return false;
  // No page that the window visits may reach the page that opened it.
  window.opener = null;
  const line = channel(name);
  line.onmessage = async ({ data }) => {
    await settled;
    if (/^https?:/.test(data)) location.replace(data);
    else close();
  };
  line.postMessage("");
  return true;
}

// Back from the portal: passes its answer to the opening side. Closes once that side has it and `settled` has resolved.
export function handBack(answer, settled) {
  const line = channel(stateOf(answer));
  line.onmessage = async () => {
    await settled;
    close();
  };
  line.postMessage(answer);
}

// The state in an answer's query or fragment.
export function stateOf(answer) {
  return new URLSearchParams(answer.replace(/[?#]/g, "&")).get("state");
}
