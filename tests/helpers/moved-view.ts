/** Views that are changed all through: for tests that show a wall thousands of changes of everything it shows. */

/** The same with each number, string and null replaced by what `change` makes of it; `turn` grows by one with each place. */
export function mappedView<T>(view: T, change: (key: string, value: unknown, turn: number) => unknown): T {
  const walk = (value: unknown, key: string, turn: number): unknown => {
    if (Array.isArray(value)) return value.map((each, i) => walk(each, key, turn + i));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, each], i) => [name, walk(each, name, turn + i)]));
    }
    return change(key, value, turn);
  };
  return walk(view, '', 0) as T;
}

/** What is no amount: instants, days, places in time, sizes of a step, and the parts of a clock. */
const fixed = /(?:At|Ms|since|from|until|hour|currentHour|day|days|phaseDay|phaseDays|round|version|generation|month|step|digits)$/iu;

/** The same view with each amount moved by up to a fifth, another way in each turn, and the same members in its lists. */
export function movedAmounts<T>(view: T, turn: number): T {
  return mappedView(view, (key, value, place) => moved(key, value, turn + place));
}

/** The same with ids of its own: lists get new members. */
export function movedView<T>(view: T, turn: number): T {
  return mappedView(view, (key, value, place) =>
    typeof value === 'string' && key.endsWith('Id') ? `${value}-${turn}` : moved(key, value, turn + place),
  );
}

function moved(key: string, value: unknown, phase: number): unknown {
  if (typeof value !== 'number' || fixed.test(key) || Math.abs(value) > 1e12) return value;
  const next = value * (1 + 0.2 * Math.sin(phase));
  return Number.isInteger(value) ? Math.round(next) : next;
}
