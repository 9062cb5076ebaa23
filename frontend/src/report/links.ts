import { decodeEntities } from "./entities";

const allowed = new Set(["https:", "mailto:"]);

/**
 * Where a link in a report may lead.
 *
 * @param href As it is written, perhaps with character references.
 * @returns Null for every other scheme, for relative addresses, and for what is no address.
 */
export function safeAddress(href: string): string | null {
  try {
    const address = new URL(decodeEntities(href));
    return allowed.has(address.protocol) ? address.href : null;
  } catch {
    return null; // Not an absolute address.
  }
}
