// Asks the browser for a passkey, or to sign with one. The pages work without: what needs this is hidden until it runs.
import { csrfToken } from "./csrf.js";

const canSpeak = Boolean(globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON);

const send = async (address, body) => {
  const headers = { "X-CSRFToken": csrfToken(), "Content-Type": "application/json", Accept: "application/json" };
  const answer = await fetch(address, { method: "POST", headers, body });
  if (!answer.ok) throw new Error("It was not taken. Please try again, or use a code.");
  return answer.json();
};

const offer = (box, work) => {
  const said = box.querySelector("[role=alert]");
  box.hidden = false;
  box.querySelector("button").addEventListener("click", async () => {
    said.hidden = true;
    try {
      location.assign((await work()).next);
    } catch (fault) {
      said.textContent = fault.name === "NotAllowedError" ? "The passkey was not used. Please try again." : fault.message;
      said.hidden = false;
    }
  });
};

const proof = document.querySelector("[data-passkey]");
if (proof && canSpeak) {
  const address = proof.dataset.passkey;
  offer(proof, async () => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await send(`${address}/options`));
    return send(address, JSON.stringify(await navigator.credentials.get({ publicKey })));
  });
}

const fresh = document.querySelector("[data-new-passkey]");
if (fresh && canSpeak) {
  offer(fresh, async () => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(await send(fresh.dataset.options));
    const name = encodeURIComponent(fresh.querySelector("input").value);
    return send(`${fresh.dataset.newPasskey}?name=${name}`, JSON.stringify(await navigator.credentials.create({ publicKey })));
  });
}
