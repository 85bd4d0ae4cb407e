// The drop zone: announce a package, put each file as it is with its SHA-256, ask for it to be read, go and watch.
import { csrfToken } from "./csrf.js";
import { sha256Of } from "./hash.js";

// What the customer is told; everything else that is thrown is our bug and stays loud.
class Refused extends Error {}

const LOST = "The connection was lost. Check the network, then drop the files again.";
const NO_WORDS = "The portal could not take the files. Try again in a minute; if it happens again, tell us.";

const sentence = (text) => {
  try {
    return JSON.parse(text).error ?? NO_WORDS;
  } catch {
    return NO_WORDS; // a proxy's page, not ours
  }
};

const post = async (url) => {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": csrfToken() };
  const response = await fetch(url, { method: "POST", headers, body: "{}" }).catch(() => {
    throw new Refused(LOST);
  });
  if (!response.ok) throw new Refused(sentence(await response.text()));
  return response.json();
};

// XMLHttpRequest, because fetch does not tell how far an upload has come.
const put = (url, file, sha256, progressed) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", url);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-Content-SHA256", sha256);
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.upload.onprogress = (event) => progressed(event.loaded, event.total);
    request.onload = () => (request.status < 300 ? resolve() : reject(new Refused(sentence(request.responseText))));
    request.onerror = () => reject(new Refused(LOST));
    request.send(file);
  });

const rowFor = (zone, file) => {
  const row = zone.querySelector("template").content.firstElementChild.cloneNode(true);
  const bar = row.querySelector(".dropzone__bar");
  const state = row.querySelector(".dropzone__state");
  row.querySelector(".dropzone__name").textContent = file.name;
  bar.ariaLabel = file.name;
  zone.querySelector(".dropzone__files").append(row);
  return { say: (words) => (state.textContent = words), fill: (percent) => (bar.value = percent) };
};

const send = async (file, filesUrl, row) => {
  row.say("checking");
  const sha256 = await sha256Of(file).catch(() => {
    throw new Refused(`${file.name} cannot be read. If it is a folder, zip it first; then drop it again.`);
  });
  await put(filesUrl + encodeURIComponent(file.name), file, sha256, (loaded, total) => {
    const percent = total ? Math.floor((100 * loaded) / total) : 100;
    row.fill(percent);
    row.say(`${percent} %`);
  });
  row.fill(100);
  row.say("received");
};

const sendAll = async (zone, files) => {
  const rows = files.map((file) => rowFor(zone, file));
  const announced = await post(zone.dataset.packagesUrl);
  for (const [index, file] of files.entries()) {
    await send(file, announced.files_url, rows[index]).catch((reason) => {
      rows[index].say("not taken");
      throw reason;
    });
  }
  const { page_url: page } = await post(announced.reading_url);
  location.assign(page ?? announced.page_url);
};

const take = async (zone, files) => {
  const [input, list, error] = [".dropzone__input", ".dropzone__files", ".dropzone__error"].map((part) => zone.querySelector(part));
  if (input.disabled || !files.length) return;
  list.replaceChildren();
  list.hidden = false;
  error.textContent = "";
  input.disabled = true;
  try {
    await sendAll(zone, files);
  } catch (reason) {
    error.textContent = reason instanceof Refused ? reason.message : NO_WORDS;
    if (!(reason instanceof Refused)) throw reason;
  } finally {
    input.disabled = false;
    input.value = "";
  }
};

for (const zone of document.querySelectorAll("[data-packages-url]")) {
  const over = (is) => zone.firstElementChild.classList.toggle("dropzone--over", is);
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    over(true);
  });
  zone.addEventListener("dragleave", () => over(false));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    take(zone, [...event.dataTransfer.files]);
  });
  zone.querySelector(".dropzone__input").addEventListener("change", (event) => take(zone, [...event.target.files]));
}
