/** A setting that stops the start. Its message is the one line people get to see. */
export class WrongValue extends Error {}

/** Keeps the answer one line, and short, whatever was written. */
export function oneLine(value: string): string {
  const shown = JSON.stringify(value.length > 120 ? `${value.slice(0, 120)}…` : value);
  return shown.slice(1, -1);
}
