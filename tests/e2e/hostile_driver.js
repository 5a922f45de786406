// Drives the page through hundreds of answers in one evaluation, and records what it shows, for `hostile_places.rs`.
globalThis.akw = (() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  const text = (selector, root) => one(selector, root)?.textContent;
  const button = (name) => all("button").find((button) => button.textContent === name && !button.disabled);

  // The page locks its network at each sign-in; a thousand identical policies would make every request slow.
  let locks = 0;
  document.head.append = (child) => {
    if (child.httpEquiv !== "Content-Security-Policy" || locks++ === 0) document.head.appendChild(child);
  };

  // Skip rewriting the same address too: browsers throttle scripts that change it too often.
  const replaceState = history.replaceState.bind(history);
  history.replaceState = (state, title, address) => {
    if (new URL(address, location).href !== location.href) replaceState(state, title, address);
  };

  // Checks every change of the page until `find` returns something.
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

  // Waits until the change is fully rendered.
  const drawn = () =>
    new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done(port1.close());
      port2.postMessage(0);
    });

  const census = () => CENSUS;

  const press = async (name) => (await until(name, () => button(name))).click();

  // Presses, and waits for a new element.
  const anew = async (name, selector) => {
    const before = one(selector);
    await press(name);
    await until(`${selector} after ${name}`, () => one(selector) && one(selector) !== before);
  };

  // Signs in with a stubbed window that returns only the portal's answer.
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

  // Simulates leaving the page, which ends the session and keeps the draft.
  const leave = async () => {
    dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
    await until("nobody is signed in", () => !one(".frame__account"));
  };

  // Waits for this many answers of this kind since the last call.
  const answered = async (path, count) => {
    while (performance.getEntriesByType("resource").filter((entry) => entry.name.includes(path)).length < count) await drawn();
    performance.clearResourceTimings();
    // The browser records an answer before the app processes it.
    for (let turns = 0; turns < 5; turns++) await drawn();
  };

  // Signs in that many times, and waits for the screen that follows.
  const comeIn = async (what, find) => {
    if (one(".frame__account")) await leave();
    performance.clearResourceTimings();
    await enter("code=x");
    await until(what, find);
  };

  // Repeats an action, and records the texts each time, and the elements at the end and wherever `act` took a census.
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
