/** Between the policy `wall` and the fields of its form. Pure. */
import { knownScene } from '../../../shared/screens/rotation.ts';
import type { WallPolicy } from '../../../shared/screens/wall-policy.ts';
import type { FieldName, FormValues } from '../policy-form.tsx';

/** Brightness is a share in the policy and a percentage in the form. */
const PERCENT = 100;

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

interface TurnFields {
  readonly scene?: string;
  readonly seconds?: number | null;
}

export function fieldsOf(policy: WallPolicy): FormValues {
  const { rotation, standup, quiet, sound, speech, dim, paintBudgetMs } = policy;
  return {
    rotation: rotation.map(({ scene, seconds }) => ({ scene, seconds })),
    standup: standup !== null,
    standupAt: standup?.at ?? '09:00',
    standupDays: standup?.days ?? [1, 2, 3, 4, 5],
    standupMinutes: standup?.minutes ?? 15,
    quietFrom: quiet?.from ?? '',
    quietTo: quiet?.to ?? '',
    dimFrom: dim?.from ?? '',
    dimTo: dim?.to ?? '',
    dimLevel: Math.round((dim?.level ?? 0.6) * PERCENT),
    sound,
    speech,
    paintBudget: paintBudgetMs / 1000,
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const turnsIn = (value: unknown): readonly (TurnFields | undefined)[] => (Array.isArray(value) ? value : []);
const daysIn = (value: unknown): number[] => (Array.isArray(value) ? value.map(Number).toSorted((a, b) => a - b) : []);

export function policyOf(form: FormValues): WallPolicy {
  const hours = (from: unknown, to: unknown) => (text(from) === '' && text(to) === '' ? null : { from: text(from), to: text(to) });
  const dim = hours(form['dimFrom'], form['dimTo']);
  return {
    rotation: turnsIn(form['rotation']).flatMap((turn) => {
      const scene = knownScene(turn?.scene ?? '');
      return scene === undefined ? [] : [{ scene, seconds: Number(turn?.seconds ?? 30) }];
    }),
    standup:
      form['standup'] === true
        ? { at: text(form['standupAt']), days: daysIn(form['standupDays']), minutes: Number(form['standupMinutes']) }
        : null,
    quiet: hours(form['quietFrom'], form['quietTo']),
    sound: form['sound'] === true,
    speech: form['speech'] === true,
    dim: dim === null ? null : { ...dim, level: Number(form['dimLevel']) / PERCENT },
    paintBudgetMs: Math.round(Number(form['paintBudget']) * 1000),
  };
}

const fields: Readonly<Record<string, string>> = {
  'standup.at': 'standupAt',
  'standup.days': 'standupDays',
  'standup.minutes': 'standupMinutes',
  'quiet.from': 'quietFrom',
  'quiet.to': 'quietTo',
  'dim.from': 'dimFrom',
  'dim.to': 'dimTo',
  'dim.level': 'dimLevel',
  paintBudgetMs: 'paintBudget',
};

/** The field of the form that a path of the server means. */
export function fieldOfPath(path: string): FieldName | undefined {
  const turn = /^value\.rotation\[(\d+)\](?:\.(\w+))?/u.exec(path);
  if (turn) return ['rotation', Number(turn[1]), turn[2] === 'seconds' ? 'seconds' : 'scene'];
  const name = /^value\.([\w.]+)/u.exec(path)?.[1];
  return name === undefined ? undefined : fields[name];
}
