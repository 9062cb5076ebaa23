/** Larger files are not lists of positions. */
export const mostFileBytes = 5_000_000;

/**
 * The text of a file: UTF-16 where it says so (Excel's "Unicode text"), else UTF-8, else what Windows wrote before.
 */
export function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
