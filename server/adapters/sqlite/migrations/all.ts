/**
 * Every migration in order. A published one is never edited (its checksum is in every
 * store); a change of shape is a new file and a new line. 1 · the first shape. 2 · which log a position belongs to.
 * 3, 5 · quarantine by kind of event. 4 · figures of stories beside them. 6 · an index that covers what waits for a decision.
 * 7, 8 · blocks of ledger rows; customers' own rows instead of their first events.
 * 9 · no sums beside the ledger's. 10 · periods that people closed. 11 · leads by contact.
 * 12 · decisions about campaigns. 13 · clocks by deadline. 14 · messages with their state and attempts. 15 · commands of people.
 * 16 · channels.
 * 17 · sums of severity, spikes. 18 · steps of escalation. 19 · net sentiment that is to be restated.
 * 20 · fingerprints of stories. 22 · screens. 23 · the stand-up.
 * 24 · signs of life of what feeds a stream. 25 · response clocks by their beginning and by their answer.
 */
import { sql as first } from './001-first.ts';
import { sql as logs } from './002-logs.ts';
import { sql as quarantinedMentions } from './003-quarantined-mentions.ts';
import { sql as storyFigures } from './004-story-figures.ts';
import { sql as quarantineByKind } from './005-quarantine-by-kind.ts';
import { sql as pendingHistory } from './006-pending-history.ts';
import { sql as ledgerBlocks } from './007-ledger-blocks.ts';
import { sql as customers } from './008-customers.ts';
import { sql as noCells } from './009-no-cells.ts';
import { sql as closings } from './010-closings.ts';
import { sql as leadContacts } from './011-lead-contacts.ts';
import { sql as campaignDecisions } from './012-campaign-decisions.ts';
import { sql as clocksByDeadline } from './013-clocks-by-deadline.ts';
import { sql as outbox } from './014-outbox.ts';
import { sql as commands } from './015-commands.ts';
import { sql as channels } from './016-channels.ts';
import { sql as severity } from './017-severity.ts';
import { sql as escalationSteps } from './018-escalation-steps.ts';
import { sql as corrections } from './019-corrections.ts';
import { sql as storyPrints } from './020-story-prints.ts';
import { sql as desk } from './021-desk.ts';
import { sql as screens } from './022-screens.ts';
import { sql as standup } from './023-standup.ts';
import { sql as sourceLife } from './024-source-life.ts';
import { sql as answers } from './025-answers.ts';
import { sql as unclaimed } from './026-unclaimed.ts';
import { sql as told } from './027-told.ts';

export interface Migration {
  /** Schema version this migration leads to; they rise by one. */
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

export const migrations: readonly Migration[] = [
  { version: 1, name: 'first', sql: first },
  { version: 2, name: 'logs', sql: logs },
  { version: 3, name: 'quarantined-mentions', sql: quarantinedMentions },
  { version: 4, name: 'story-figures', sql: storyFigures },
  { version: 5, name: 'quarantine-by-kind', sql: quarantineByKind },
  { version: 6, name: 'pending-history', sql: pendingHistory },
  { version: 7, name: 'ledger-blocks', sql: ledgerBlocks },
  { version: 8, name: 'customers', sql: customers },
  { version: 9, name: 'no-cells', sql: noCells },
  { version: 10, name: 'closings', sql: closings },
  { version: 11, name: 'lead-contacts', sql: leadContacts },
  { version: 12, name: 'campaign-decisions', sql: campaignDecisions },
  { version: 13, name: 'clocks-by-deadline', sql: clocksByDeadline },
  { version: 14, name: 'outbox', sql: outbox },
  { version: 15, name: 'commands', sql: commands },
  { version: 16, name: 'channels', sql: channels },
  { version: 17, name: 'severity', sql: severity },
  { version: 18, name: 'escalation-steps', sql: escalationSteps },
  { version: 19, name: 'corrections', sql: corrections },
  { version: 20, name: 'story-prints', sql: storyPrints },
  { version: 21, name: 'desk', sql: desk },
  { version: 22, name: 'screens', sql: screens },
  { version: 23, name: 'standup', sql: standup },
  { version: 24, name: 'source-life', sql: sourceLife },
  { version: 25, name: 'answers', sql: answers },
  { version: 26, name: 'unclaimed', sql: unclaimed },
  { version: 27, name: 'told', sql: told },
];
