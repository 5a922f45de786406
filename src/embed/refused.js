// The origins to which a policy of the page let no request through. Browsers tell the document, not the caller.
const origins = new Set();

document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, disposition }) => {
  if (effectiveDirective !== "connect-src" || disposition !== "enforce") return;
  // Some requests are named by their scheme alone.
  if (/^https?:\/\//.test(blockedURI)) origins.add(new URL(blockedURI).origin);
});

export function refused() {
  return [...origins].join(" ");
}
