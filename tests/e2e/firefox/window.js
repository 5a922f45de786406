// Runs in the browser's own window: passes questions to the script in a tab, and answers back.
source => {
  const { NavigableManager } = ChromeUtils.importESModule("chrome://remote/content/shared/NavigableManager.sys.mjs");
  const waiting = new Map();
  let last = 0;
  Services.mm.addMessageListener("akw:answer", ({ data }) => {
    const { done, fail } = waiting.get(data.id) ?? {};
    waiting.delete(data.id);
    data.error ? fail?.(data.error) : done?.(data.value);
  });
  // In every tab there is and will be.
  Services.mm.loadFrameScript("data:," + encodeURIComponent(source), true);
  globalThis.akw = {
    tab: id => NavigableManager.getBrowsingContextById(id),
    ask(tab, question) {
      const id = ++last;
      NavigableManager.getBrowserById(tab).messageManager.sendAsyncMessage("akw:ask", { id, ...question });
      return new Promise((done, fail) => {
        waiting.set(id, { done, fail });
        // A tab that just goes elsewhere never answers.
        setTimeout(fail, 5000, "no answer");
      });
    },
  };
}
