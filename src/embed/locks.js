// One tab at a time: a Web Lock that is held until it is let go, the tab ends, or another tab takes it.

// What holds each lock of this page.
const held = {};

// Resolves with the function that lets go, or with null if another tab has it and `mode` is "ifAvailable"; "steal" takes
// it away from another tab. Where the browser has no locks, or refuses them with its storage, everybody gets one.
export function hold(name, mode) {
  return new Promise((tell) => {
    const refused = () => {
      held[name] = null;
      tell(() => {});
    };
    let isAnswered = false;
    // Held for as long as the promise given back is open.
    const granted = (lock) => {
      isAnswered = true;
      return lock ? new Promise((letGo) => tell(letGo)) : tell(null);
    };
    try {
      held[name] = navigator.locks.request(name, { [mode]: true }, granted);
      held[name].catch(() => isAnswered || refused());
    } catch {
      refused();
    }
  });
}

// Resolves when the lock is gone: whether another tab took it.
export function lost(name) {
  return held[name]?.then(
    () => false,
    () => true,
  );
}
