// Runs in the browser's own window: relays questions to the script in a tab, and its answers.
source => {
  const { NavigableManager } = ChromeUtils.importESModule("chrome://remote/content/shared/NavigableManager.sys.mjs");
  const waiting = new Map();
  let last = 0;
  Services.mm.addMessageListener("akw:answer", ({ data }) => {
    const { done, fail } = waiting.get(data.id) ?? {};
    waiting.delete(data.id);
    data.error ? fail?.(data.error) : done?.(data.value);
  });
  // In all current and future tabs.
  Services.mm.loadFrameScript("data:," + encodeURIComponent(source), true);
  globalThis.akw = {
    tab: id => NavigableManager.getBrowsingContextById(id),
    ask(tab, question) {
      const id = ++last;
      const browser = NavigableManager.getBrowserById(tab);
      // Tab moved focus through the toolbar, which WebDriver's keys never reach: return it to the page.
      if (question.what === "focused" && browser.ownerDocument.activeElement !== browser) browser.focus();
      browser.messageManager.sendAsyncMessage("akw:ask", { id, ...question });
      return new Promise((done, fail) => {
        waiting.set(id, { done, fail });
        // A tab that is navigating never answers.
        setTimeout(fail, 5000, "no answer");
      });
    },
  };
}
