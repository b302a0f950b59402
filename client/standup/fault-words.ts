/** Why something was not written down, in the words of the page; the server's sentences are for programs and logs. */
import type { ItemDetail, PromiseDetail } from '../../shared/standup/types.ts';
import { useFaultWords } from '../desk-kit/states.tsx';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import type { Answer } from '../wire/ask.ts';

export type Fault = Exclude<Answer<unknown>, { outcome: 'ok' }>;

const parts = ['what', 'who', 'due', 'department', 'matter', 'contact'] as const;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const ofPromise = (present: unknown): present is PromiseDetail => isObject(present) && 'promise' in present;
const ofItem = (present: unknown): present is ItemDetail => isObject(present) && 'item' in present;

export function useStandupFault(): (fault: Fault) => string {
  const { t } = useDeskWords();
  const other = useFaultWords();
  return (fault) => {
    if (fault.outcome === 'unreachable') return other(fault);
    const { problem } = fault;
    const { present } = problem;
    const promise = ofPromise(present) ? present.promise : undefined;
    const item = ofItem(present) ? present.item : undefined;
    switch (problem.code) {
      case 'already_answered':
        return t('meeting.conflict.answered', { who: promise?.answeredBy ?? '', state: t(`meeting.state.${promise?.state ?? 'open'}`) });
      case 'already_closed':
        return t('meeting.conflict.closed', { who: item?.closedBy ?? '' });
      case 'not_answered':
      case 'not_closed':
        return t('meeting.conflict.already');
      case 'version_mismatch':
        return t('meeting.conflict.changed');
      case 'incomplete': {
        const missing = problem.detail.slice(problem.detail.indexOf('missing:'));
        const named = parts.filter((part) => new RegExp(`\\b${part}\\b`, 'u').test(missing)).map((part) => t(`meeting.part.${part}`));
        const words = { parts: named.join('、') };
        return missing.includes('department') || missing.includes('matter') || missing.includes('contact')
          ? t('meeting.incompleteItem', words)
          : t('meeting.incomplete', words);
      }
      case 'due_passed':
        return t('meeting.passed');
      case 'bad_due':
        return t('meeting.badDue');
      default:
        return t('meeting.failed', { why: problem.detail });
    }
  };
}
