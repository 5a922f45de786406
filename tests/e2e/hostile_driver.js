// Drives the page through hundreds of answers in one evaluation, and notes what it shows: for `hostile_places.rs`.
globalThis.akw = (() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  const text = (selector, root) => one(selector, root)?.textContent;
  const button = (name) => all("button").find((button) => button.textContent === name && !button.disabled);

  // The page locks its network with each sign-in; a thousand policies that say the same would make every request slow.
  let locks = 0;
  document.head.append = (child) => {
    if (child.httpEquiv !== "Content-Security-Policy" || locks++ === 0) document.head.appendChild(child);
  };

  // Nor is the same address written again: browsers slow down what changes it too often.
  const replaceState = history.replaceState.bind(history);
  history.replaceState = (state, title, address) => {
    if (new URL(address, location).href !== location.href) replaceState(state, title, address);
  };

  // Looks at every change of the page until `find` gives something.
  const until = (what, find) =>
    new Promise((done, fail) => {
      const look = () => {
        const found = find();
        if (!found) return;
        changes.disconnect();
        clearTimeout(patience);
        done(found);
      };
      const changes = new MutationObserver(look);
      changes.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
      const patience = setTimeout(() => {
        changes.disconnect();
        fail(`in vain: ${what}\n${document.body.innerText}`);
      }, 20000);
      look();
    });

  // What the change began is drawn to its end.
  const drawn = () =>
    new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done(port1.close());
      port2.postMessage(0);
    });

  const census = () => CENSUS;

  const press = async (name) => (await until(name, () => button(name))).click();

  // Presses, and waits for an element that was not there before.
  const anew = async (name, selector) => {
    const before = one(selector);
    await press(name);
    await until(`${selector} after ${name}`, () => one(selector) && one(selector) !== before);
  };

  // Signs in by a window of which nothing but the portal's answer comes.
  const enter = async (answer) => {
    globalThis.open = (address) => {
      const line = new BroadcastChannel("akw." + address.split("#akw=")[1]);
      line.onmessage = ({ data }) => {
        const state = new URL(data).searchParams.get("state");
        line.close();
        const back = new BroadcastChannel("akw." + state);
        back.postMessage(`?${answer}&state=${encodeURIComponent(state)}`);
        back.close();
        isSent = true;
      };
      return true;
    };
    let isSent = false;
    await press("Sign in");
    await until("the answer is taken up", () => isSent && !text("[role=status] .hint"));
  };

  // Leaves the page as if for another one, which ends the session and keeps what was typed.
  const leave = async () => {
    dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
    await until("nobody is signed in", () => !one(".frame__account"));
  };

  // Waits until so many answers of this kind have come since the last time.
  const answered = async (path, count) => {
    while (performance.getEntriesByType("resource").filter((entry) => entry.name.includes(path)).length < count) await drawn();
    performance.clearResourceTimings();
    // The app takes it up after the browser has noted it.
    for (let turns = 0; turns < 5; turns++) await drawn();
  };

  // Signs in that many times, and waits for the screen that follows.
  const comeIn = async (what, find) => {
    if (one(".frame__account")) await leave();
    performance.clearResourceTimings();
    await enter("code=x");
    await until(what, find);
  };

  // Does something again and again; each time the texts are noted, and which elements there are at the end and where
  // `act` took a census of its own.
  const each = async (count, act, look) => {
    const texts = [];
    const found = new Set();
    for (let at = 0; at < count; at++) {
      for (const census of (await act(at)) ?? []) found.add(JSON.stringify(census));
      await drawn();
      texts.push(look(at));
      found.add(JSON.stringify(census()));
    }
    return { texts, censuses: [...found].map((text) => JSON.parse(text)) };
  };

  return { all, one, text, button, until, drawn, press, anew, census, enter, leave, comeIn, answered, each };
})();
