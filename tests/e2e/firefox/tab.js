// Runs privileged in each tab: reads the accessibility tree, like a screen reader.
{
  const service = Cc["@mozilla.org/accessibilityService;1"].getService(Ci.nsIAccessibilityService);
  const { nsIAccessibleRole: Role, nsIAccessibleStates: State } = Ci;
  // Roles without an ARIA name, under Chromium's names.
  const ROLES = {
    [Role.ROLE_DATE_EDITOR]: "Date",
    [Role.ROLE_PASSWORD_TEXT]: "textbox",
    [Role.ROLE_SUMMARY]: "button",
  };
  const STATES = {
    checked: State.STATE_CHECKED,
    disabled: State.STATE_UNAVAILABLE,
    expanded: State.STATE_EXPANDED,
    focused: State.STATE_FOCUSED,
    invalid: State.STATE_INVALID,
    pressed: State.STATE_PRESSED,
    readonly: State.STATE_READONLY,
    required: State.STATE_REQUIRED,
    selected: State.STATE_SELECTED,
  };
  // The elements returned so far, by number.
  const known = new Map();
  let last = 0;

  const role = node => node.computedARIARole || ROLES[node.role] || "";
  const words = text => (text ?? "").split(/\s+/).filter(Boolean).join(" ");
  const view = in_frame => (in_frame ? content.frames[0] : content);

  // The tree follows the document at the next frame; force two frames at once.
  const settle = window => {
    const utils = window.windowUtils;
    utils.advanceTimeAndRefresh(0);
    utils.advanceTimeAndRefresh(0);
    utils.restoreNormalRefresh();
  };
  const describe = node => {
    const state = {};
    node.getState(state, {});
    if (known.size > 5000) known.clear();
    known.set(++last, node.DOMNode);
    const states = Object.keys(STATES).filter(name => state.value & STATES[name]);
    return { id: last, role: role(node), name: node.name ?? "", description: node.description ?? "", states };
  };
  const walk = (parent, visit) => {
    for (let child = parent.firstChild; child; child = child.nextSibling) {
      visit(child);
      if (child.role !== Role.ROLE_INTERNAL_FRAME) walk(child, visit);
    }
  };
  const answers = {
    look({ in_frame, detail: { root, roles, name } }) {
      const window = view(in_frame);
      settle(window);
      const top = service.getAccessibleFor(root === null ? window.document : known.get(root));
      const found = [];
      walk(top, node => {
        const fits = (!roles || roles.includes(role(node))) && (name === null || words(node.name) === name);
        if (fits && node.DOMNode.nodeType === 1) found.push(describe(node));
      });
      return found;
    },
    focused({ in_frame }) {
      const window = view(in_frame);
      settle(window);
      let node = window.document.activeElement;
      while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
      const accessible = node && service.getAccessibleFor(node);
      return accessible ? describe(accessible) : {};
    },
    mark({ detail }) {
      const node = known.get(detail);
      if (!node?.isConnected) return false;
      node.ownerDocument.defaultView.wrappedJSObject.akwMarked = node;
      return true;
    },
    memory() {
      known.clear();
      for (let times = 0; times < 3; times++) {
        Cu.forceGC();
        Cu.forceCC();
      }
      const sizes = [...Array(9)].map(() => ({}));
      Cc["@mozilla.org/memory-reporter-manager;1"].getService(Ci.nsIMemoryReporterManager).sizeOfTab(content, ...sizes);
      // Objects, strings and other script data, and documents; not what styles cache.
      return sizes.slice(0, 4).reduce((sum, part) => sum + part.value, 0);
    },
  };
  addMessageListener("akw:ask", ({ data }) => {
    let answer;
    try {
      answer = { value: JSON.stringify(answers[data.what](data)) };
    } catch (error) {
      answer = { error: String(error) };
    }
    sendAsyncMessage("akw:answer", { id: data.id, ...answer });
  });
}
