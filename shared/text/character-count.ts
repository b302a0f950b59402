/** How long a text is: in Unicode code points, everywhere (contract, “Events in”), as JSON Schema counts it too. */

export function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** True when the text has `shortest` to `longest` characters. Counts only where the number of UTF-16 units leaves it open. */
export function hasLength(text: string, shortest: number, longest: number): boolean {
  const units = text.length;
  if (units > 2 * longest || units < shortest) return false;
  if (units <= longest && units >= 2 * shortest) return true;
  const count = characterCount(text);
  return count >= shortest && count <= longest;
}
