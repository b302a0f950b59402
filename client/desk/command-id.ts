/** A name for one click: sent again after a lost answer, it gets the same answer instead of acting twice [C2]. */
export function newCommandId(): string {
  // randomUUID exists on secure pages only, and a phone in the office may come over plain http.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `desk-${Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')}`;
}
