/** Content types as RFC 9110 section 8.3.1 writes them. Strict: what cannot be read is no type at all. */
export interface MediaType {
  /** Lower case, such as `application/json`. */
  readonly type: string;
  /** Lower case, null when not given. */
  readonly charset: string | null;
}

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const whole = new RegExp(`^[ \\t]*(${token}/${token})[ \\t]*((?:;[ \\t]*(?:${token}=(?:${token}|"[^"\\\\]*"))?[ \\t]*)*)$`);
const parameter = new RegExp(`;[ \\t]*(${token})=(?:(${token})|"([^"\\\\]*)")`, 'g');

export function parseMediaType(header: string | undefined): MediaType | null {
  if (header === undefined || header.length > 500) return null;
  const match = whole.exec(header);
  if (!match) return null;
  let charset: string | null = null;
  for (const [, name, plain, quoted] of (match[2] ?? '').matchAll(parameter)) {
    if (name?.toLowerCase() !== 'charset') continue;
    if (charset !== null) return null;
    charset = (plain ?? quoted ?? '').toLowerCase();
  }
  return { type: (match[1] ?? '').toLowerCase(), charset };
}

/** True when the text is UTF-8 as far as the header says; JSON needs no charset (RFC 8259). */
export function isUtf8(media: MediaType): boolean {
  return media.charset === null || media.charset === 'utf-8' || media.charset === 'utf8';
}
