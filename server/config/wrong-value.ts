/** Thrown for a setting that stops the start. Its message is the one line that people see. */
export class WrongValue extends Error {}

/** The value in a form that fits into one short line, whatever it contains. */
export function oneLine(value: string): string {
  const shown = JSON.stringify(value.length > 120 ? `${value.slice(0, 120)}…` : value);
  return shown.slice(1, -1);
}
