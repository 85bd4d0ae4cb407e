// SHA-256 of a file, as hex. The browser's own is fast but wants the whole file in memory and is missing on plain-http
// addresses of a local network; then the file is read in pieces.
import { sha256 } from "../vendor/sha256.js";

const PIECE_BYTES = 4 * 1024 * 1024;
const AT_ONCE_BYTES = 64 * 1024 * 1024;

const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

const inPieces = async (file) => {
  const hash = sha256.create();
  for (let start = 0; start < file.size; start += PIECE_BYTES) {
    hash.update(await file.slice(start, start + PIECE_BYTES).arrayBuffer());
  }
  return hash.hex();
};

export const sha256Of = async (file) =>
  globalThis.crypto?.subtle && file.size <= AT_ONCE_BYTES
    ? hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()))
    : inPieces(file);
