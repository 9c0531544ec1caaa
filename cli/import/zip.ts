/** The bytes that a ZIP archive says it unpacks to; 0 when its directory cannot be found. */
export function inflatedBytes(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === null) return 0;
  let total = 0;
  let at = view.getUint32(end + 16, true);
  while (at + entryBytes <= view.byteLength && view.getUint32(at, true) === entrySignature) {
    total += view.getUint32(at + 24, true);
    at += entryBytes + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return total;
}

// APPNOTE.TXT 4.3.12 and 4.3.16: the central directory's entries, and the record at the end that says where they begin.
const entrySignature = 0x02014b50;
const entryBytes = 46;
const endSignature = 0x06054b50;
const endBytes = 22;
const maxComment = 65_535;

function findEnd(view: DataView): number | null {
  const last = view.byteLength - endBytes;
  for (let at = last; at >= Math.max(0, last - maxComment); at--) {
    if (view.getUint32(at, true) === endSignature) return at;
  }
  return null;
}
