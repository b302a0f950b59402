/** What the launcher tells people: short lines on stderr, so that a command's own output stays clean. */

export function say(line) {
  process.stderr.write(`warroom: ${line}\n`);
}

/** A reason not to go on that people can act upon; anything else thrown is a bug and shows its stack. */
export class LaunchError extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
