// Parts of a page that follow the shop: the server sends the new inside of an element, or the address to go to.
// Where no stream can be had (a proxy, too many streams) the page itself is asked again every few seconds.
const POLL_MS = 5000;

// A form that is on its way goes first: what it changes is told here before its own answer has come.
let isLeaving = false;
addEventListener("submit", (event) => {
  if (!event.defaultPrevented) isLeaving = true; // else it is sent from within the page
});
addEventListener("pageshow", () => {
  isLeaving = false; // come back to by the browser's own button
});

const leave = (address) => {
  if (!isLeaving) location.assign(address);
};

const show = (element, html) => {
  if (element.innerHTML === html) return;
  element.innerHTML = html;
  globalThis.htmx?.process(element);
};

const again = async (element, selector) => {
  if (document.hidden) return;
  const response = await fetch(location.href).catch(() => null);
  if (!response?.ok) return; // the next round may find the server again
  if (response.redirected) leave(response.url);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector(selector);
  if (fresh) show(element, fresh.innerHTML);
  else leave(""); // the page has become another one
};

const poll = (element) => {
  const selector = `[data-live-url="${CSS.escape(element.dataset.liveUrl)}"]`;
  setInterval(() => again(element, selector), POLL_MS);
};

const follow = (element) => {
  const stream = new EventSource(element.dataset.liveUrl);
  stream.addEventListener("update", (event) => show(element, event.data));
  stream.addEventListener("last", (event) => {
    stream.close();
    show(element, event.data);
  });
  stream.addEventListener("done", (event) => {
    stream.close();
    leave(event.data);
  });
  stream.addEventListener("error", () => {
    if (stream.readyState === EventSource.CLOSED) poll(element); // else the browser is already connecting again
  });
};

document.querySelectorAll("[data-live-url]").forEach(follow);
