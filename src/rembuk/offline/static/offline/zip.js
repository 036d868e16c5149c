// A zip without compression, for a cable: sealed bytes do not shrink anyway.
import { utf8 } from "./codec.js";

const TABLE = Uint32Array.from({ length: 256 }, (_none, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

export function crc32(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) value = TABLE[(value ^ byte) & 255] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

function header(length, fields) {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  for (const [at, size, value] of fields) size === 2 ? view.setUint16(at, value, true) : view.setUint32(at, value, true);
  return bytes;
}

const DAY_ONE = 0x21; // 1 January 1980: the moment of packing tells nothing.

// files: [{name, bytes}] -> Blob
export function zip(files) {
  const pieces = [];
  const directory = [];
  let at = 0;
  for (const { name, bytes } of files) {
    const title = utf8(name);
    const crc = crc32(bytes);
    const common = [[6, 2, 0x800], [8, 2, 0], [10, 2, 0], [12, 2, DAY_ONE], [14, 4, crc], [18, 4, bytes.length], [22, 4, bytes.length], [26, 2, title.length]];
    const local = header(30, [[0, 4, 0x04034b50], [4, 2, 20], ...common]);
    const central = header(46, [[0, 4, 0x02014b50], [4, 2, 20], [6, 2, 20], ...common.map(([place, size, value]) => [place + 2, size, value]), [42, 4, at]]);
    pieces.push(local, title, bytes);
    directory.push(central, title);
    at += local.length + title.length + bytes.length;
  }
  const size = directory.reduce((sum, piece) => sum + piece.length, 0);
  const end = header(22, [[0, 4, 0x06054b50], [8, 2, files.length], [10, 2, files.length], [12, 4, size], [16, 4, at]]);
  return new Blob([...pieces, ...directory, end], { type: "application/zip" });
}
