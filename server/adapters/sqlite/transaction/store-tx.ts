/** The transaction of the store port, put together from its parts. */
import type { StoreTx } from '../../../pipeline/ports/transaction.ts';
import { channelsPart } from './channels.ts';
import type { TxContext } from './context.ts';
import { correctionsPart } from './corrections.ts';
import { customerEventsPart } from './customer-events.ts';
import { customerRowsPart } from './customer-rows.ts';
import { deskPart } from './desk.ts';
import { escalationPart } from './escalation.ts';
import { factsPart } from './facts.ts';
import { incidentsPart } from './incidents.ts';
import { ledgerPart } from './ledger.ts';
import { membersPart } from './members.ts';
import { offsetsPart } from './offsets.ts';
import { outboxPart } from './outbox.ts';
import { ownClockPart } from './own-clock.ts';
import { recordsPart } from './records.ts';
import { screensPart } from './screens.ts';
import { settingsPart } from './settings.ts';
import { severityPart } from './severity.ts';
import { standupPart } from './standup.ts';
import { storyPrintsPart } from './story-prints.ts';

export function createStoreTx(context: TxContext): StoreTx {
  const facts = factsPart(context);
  return {
    ...facts,
    ...customerRowsPart(context),
    ...customerEventsPart(context, facts),
    ...ledgerPart(context),
    ...incidentsPart(context),
    ...membersPart(context),
    ...escalationPart(context),
    ...correctionsPart(context),
    ...storyPrintsPart(context),
    ...recordsPart(context),
    ...offsetsPart(context),
    ...settingsPart(context),
    ...severityPart(context),
    ...deskPart(context),
    ...standupPart(context),
    ...ownClockPart(context),
    ...channelsPart(context),
    ...outboxPart(context),
    ...screensPart(context),
  };
}
