/** Character references of HTML in a text that never becomes HTML. */

/** The ones that occur in prose; any other stays as it was written. */
const named: Record<string, string> = {
  amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00A0", ndash: "–", mdash: "—", hellip: "…", bull: "•",
  middot: "·", times: "×", minus: "−", plusmn: "±", le: "≤", ge: "≥", ne: "≠", asymp: "≈", deg: "°", sect: "§", para: "¶",
  copy: "©", reg: "®", trade: "™", euro: "€", pound: "£", yen: "¥", cent: "¢", lsquo: "‘", rsquo: "’", ldquo: "“", rdquo: "”",
  laquo: "«", raquo: "»", larr: "←", rarr: "→", uarr: "↑", darr: "↓", frac12: "½", frac14: "¼", frac34: "¾",
};

const reference = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z][a-zA-Z0-9]{1,31}));/g;
const lastCodePoint = 0x10ffff;

/** `Smith &amp; Co` is `Smith & Co`. One reference is decoded once: `&amp;lt;` is `&lt;`. */
export function decodeEntities(text: string): string {
  return text.replace(reference, (whole: string, decimal?: string, hexadecimal?: string, name?: string) => {
    if (name) return named[name] ?? whole;
    const code = decimal ? parseInt(decimal, 10) : parseInt(hexadecimal ?? "", 16);
    const isCharacter = code > 0 && code <= lastCodePoint && !(code >= 0xd800 && code <= 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : "\uFFFD";
  });
}

const escaped: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };

/** Takes back what the lexer does to code: it escapes these five, where a reference stands for itself. */
export function unescapeCode(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (reference) => escaped[reference] ?? reference);
}
