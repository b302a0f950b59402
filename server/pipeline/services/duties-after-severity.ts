/**
 * A new rule of severity or new word lists grade every open story again, in the transaction that sets them, with an audit
 * line on each story whose severity they change. What people set stays in force as it does when a story grows.
 */
import { recountStories, regradeStories } from '../incidents/regrade.ts';
import type { PolicyFollowUp } from './policies.ts';

export const dutiesAfterSeverity: PolicyFollowUp = (tx, _append, policies, now) => regradeStories(tx, { now, policies, rule: 'severity' });

export const dutiesAfterWords: PolicyFollowUp = (tx, _append, policies, now) => recountStories(tx, { now, policies, rule: 'words' });
