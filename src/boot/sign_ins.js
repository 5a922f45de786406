/** Removes what the tab keeps of earlier sign-ins: whoever leaves once more does not come back from before. */
export function forgetSignIns() {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith("akw.sign-in.")) sessionStorage.removeItem(name);
}
