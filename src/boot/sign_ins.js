/** Removes what the tab keeps of earlier sign-ins: a new sign-in replaces an earlier one. */
export function forgetSignIns() {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith("akw.sign-in.")) sessionStorage.removeItem(name);
}
