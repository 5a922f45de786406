// Both sides of a sign-in in a window of its own. They talk only by BroadcastChannel: a portal's headers can cut
// `opener`, and `closed` is not reliable (M-12).

const channel = (name) => new BroadcastChannel("akw." + name);

// The side that stays opens the window while a press allows it; the window waits on `callback`, a page of ours, until
// it gets an address. Nothing if the browser blocks it. `before` is the last one, of which nothing is awaited now.
export function openWindow(callback, before) {
  before?.stay();
  // No secret: nobody but our own origin hears what is said there.
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

// The other side: whether this is such a window, which then goes to the address it gets, or closes without one. It does
// so once `settled` is, if that is given.
export function isWaiting(settled) {
  const name = /^#akw=(\w+)$/.exec(location.hash)?.[1];
  if (!name) return false;
  // Nobody the window meets on its way may reach the page it came from.
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

// Back from the portal: hands its answer to the side that stayed. Closes once that side has it, and `settled` if given.
export function handBack(answer, settled) {
  const line = channel(stateOf(answer));
  line.onmessage = async () => {
    await settled;
    close();
  };
  line.postMessage(answer);
}

// The state of an answer, from its query or its fragment.
export function stateOf(answer) {
  return new URLSearchParams(answer.replace(/[?#]/g, "&")).get("state");
}
