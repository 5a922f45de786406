// Runs named steps one after the other and counts them as cargo's own tests are counted. Every step runs, whatever
// became of those before it.

import assert from "node:assert/strict";

const failed = [];
let passed = 0;

/** Runs one step; its name says what is true when it passes. */
export async function step(name, run) {
  try {
    await run();
    passed += 1;
    console.log(`test ${name} ... ok`);
  } catch (error) {
    failed.push(name);
    console.log(`test ${name} ... FAILED\n${error?.stack ?? error}`);
  }
}

/** Fails unless the promise is rejected with an error that has these properties, and returns that error. */
export async function rejected(promise, expected) {
  const error = await promise.then(
    (value) => assert.fail(`it was taken: ${JSON.stringify(value)}`),
    (error) => error,
  );
  for (const [name, value] of Object.entries(expected)) {
    assert.deepEqual(error[name], value, `${name} of ${error?.stack ?? error}`);
  }
  return error;
}

/** Prints the line of counts, and ends the process accordingly. */
export function finish() {
  const word = failed.length === 0 && passed > 0 ? "ok" : "FAILED";
  console.log(`\ntest result: ${word}. ${passed} passed; ${failed.length} failed; 0 ignored; 0 measured; 0 filtered out`);
  process.exitCode = word === "ok" ? 0 : 1;
}
