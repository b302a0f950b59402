/** Names of time zones: which may be written, and when two of them name the same zone. */

/**
 * The one spelling by which zones are compared: of `Asia/Chongqing` and `asia/shanghai` it is
 * `Asia/Shanghai`. Links of the tz database are equal to their target as far as `Intl` joins them,
 * which leaves apart links that stand for another country. undefined = no time zone.
 */
export function canonicalZone(name: string): string | undefined {
  // An offset such as +08:00 is taken by Intl and names no zone.
  if (!/^[A-Za-z]/.test(name)) return undefined;
  try {
    const found = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
    return found === 'UTC' ? 'Etc/UTC' : found;
  } catch {
    return undefined;
  }
}

/**
 * A name as it may be configured: area/location, or Etc/…. Short names are refused although the tz
 * database has some: CST is Chicago there and China in Shanghai, BST Dhaka and London.
 * Returns the name to go on with: as written when it is spelled properly, else the canonical one.
 */
export function zoneNamed(name: string): string | undefined {
  if (!name.includes('/') || /^systemv\//i.test(name)) return undefined;
  const canonical = canonicalZone(name);
  if (canonical === undefined || canonical.toLowerCase() === name.toLowerCase()) return canonical;
  return name.split('/').every((part) => /^[A-Z](?=.*[a-z])|^[A-Z]{2,3}$|^GMT[+-]?\d+$/.test(part)) ? name : canonical;
}
