// Records that let any tab of this browser find an operation again. Uses a database, because localStorage stays in the
// browser's memory for seconds: a browser that was killed had lost all of it (measured in Chromium 156).

let database;

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("akw");
    request.onupgradeneeded = () => request.result.createObjectStore("records");
    request.onsuccess = () => {
      // Deleting the database need not wait for this page.
      request.result.onversionchange = () => {
        request.result.close();
        database = undefined;
      };
      resolve(request.result);
    };
    request.onerror = reject;
    giveUp(reject);
  });
}

// A database that does not respond must not delay a key.
function giveUp(reject) {
  setTimeout(reject, 2000);
}

// Writes a text under a name, or deletes the name if the text is empty; without a name, reads all names and texts,
// alternating. Resolves once this is on the disk, or with false if it fails.
export async function records(name, text) {
  try {
    const mode = name ? "readwrite" : "readonly";
    const deal = (await (database ??= opened())).transaction("records", mode, { durability: "strict" });
    const store = deal.objectStore("records");
    if (name) text ? store.put(text, name) : store.delete(name);
    const [names, texts] = name ? [] : [store.getAllKeys(), store.getAll()];
    return await new Promise((resolve, reject) => {
      deal.oncomplete = () => resolve(names?.result.flatMap((name, at) => [name, texts.result[at]]) ?? true);
      deal.onabort = reject;
      giveUp(reject);
    });
  } catch {
    // The next call may succeed in opening it.
    database = undefined;
    return false;
  }
}
