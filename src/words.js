// The texts of the page's scripts, which run before the wizard, with all other texts, is loaded.
export const appTitle = "Create an API key";
export const broke = "Something in this page broke.";
export const brokeAdvice = "Your answers are kept in this tab. Reload the page to continue. If a key was being created, the page checks it first.";
export const notLoaded = "The page's code could not be loaded.";
export const notLoadedAdvice = "Reload the page. If that does not help, files on the server may be missing or damaged, or your browser may be too old. Tell the operator of this page.";
export const reload = "Reload";
export const closeWindow = "Close this window.";
export const notInFrame = "It cannot run inside this page.";
export const openInTab = "Open in a tab of its own";
export const leaving = "Opening your portal's sign-in page…";
export const anotherPortal = "Another portal";
