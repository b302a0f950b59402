/** An id for one click. A command sent again with the same id after a lost answer gets the same answer and does not act twice [C2]. */
export function newCommandId(): string {
  // `randomUUID` exists only on secure pages, and a phone in the office may use plain http.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `desk-${Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')}`;
}
