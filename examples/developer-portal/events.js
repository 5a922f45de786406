// Every event of the element bubbles, so one place can listen for all.
const list = document.getElementById("events");
for (const name of [
  "akw-ready",
  "akw-signed-in",
  "akw-step",
  "akw-created",
  "akw-copied",
  "akw-cancelled",
  "akw-error",
]) {
  document.addEventListener(name, (event) => {
    const line = document.createElement("li");
    line.textContent = `${name} ${JSON.stringify(event.detail)}`;
    list.append(line);
  });
}
