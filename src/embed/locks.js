// One tab at a time: a Web Lock that is held until it is released, the tab ends, or another tab steals it.

// The lock requests of this page, by name.
const held = {};

// Resolves with a function that releases the lock, or with null if another tab has it and `mode` is "ifAvailable"; with
// "steal", takes it from another tab. If the browser has no locks, or blocks them with its storage, every caller gets
// one.
export function hold(name, mode) {
  return new Promise((tell) => {
    const refused = () => {
      held[name] = null;
      tell(() => {});
    };
    let isAnswered = false;
    // The lock is held while the returned promise is pending.
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

// Resolves when the lock is gone, with whether another tab stole it.
export function lost(name) {
  return held[name]?.then(
    () => false,
    () => true,
  );
}
