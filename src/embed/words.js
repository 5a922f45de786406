// The texts of the element itself and of the callback page. The wizard inside has its own.
export const open = "Get an API key";
export const dialog = "Create an API key";
export const close = "Close";
export const keyWaiting = "You have not copied your key yet. Press the button again to see it.";
export const loading = "Loading…";
export const notLoaded = "The wizard could not be loaded.";
export const refused = "The Content-Security-Policy of this page blocks the wizard. Add to it:";
export const broke = "Something in the wizard broke. Your answers are kept.";
export const tryAgain = "Try again";
export const fillExamples = "Fill the examples on this page";
export const examplesFilled = "The examples on this page show the key until you press “I have saved the key”, or leave.";
export const leave = "The key is shown only once, and another page wipes it. Leave?";
export const askingPortal = "Asking the portal…";
export const goBack = "Close this window and continue on the page you came from.";
export const nothingAsked = "Nothing was requested here.";
