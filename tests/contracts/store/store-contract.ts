/**
 * What every store must do, whatever it is built on. An adapter's test gives a way to
 * open an empty store and gets these cases; the store's zone is UTC and its clock the case's.
 */
import { afterEach, describe } from 'vitest';
import type { LedgerSource } from '../../../server/pipeline/ports/ledger-source.ts';
import type { Store } from '../../../server/pipeline/ports/store.ts';
import { registerChannelCases } from './channel-cases.ts';
import { registerScreenCases } from './screen-cases.ts';
import { registerCampaignCases } from './campaign-cases.ts';
import { registerClockCases } from './clock-cases.ts';
import { registerFactCases } from './fact-cases.ts';
import { registerEscalationCases } from './escalation-cases.ts';
import { registerIncidentCases } from './incident-cases.ts';
import { registerLedgerCases } from './ledger-cases.ts';
import { registerPositionCases } from './position-cases.ts';
import { registerReadCases } from './read-cases.ts';
import { registerSettingCases } from './setting-cases.ts';
import { registerStandupCases } from './standup-cases.ts';
import { registerStoryCases } from './story-cases.ts';
import { registerTransactionCases } from './transaction-cases.ts';
import { registerWallCases } from './wall-cases.ts';

export interface OpenedStore {
  readonly store: Store;
  /** What the process that keeps the ledger reads of the store. */
  openSource(): LedgerSource;
  /** Closes it and opens what it left behind. */
  reopen(): Promise<OpenedStore>;
  /** Closes it and removes every trace. */
  dispose(): Promise<void>;
}
/** `now` is the store's clock, UTC ms. */
export type StoreFactory = (now: () => number) => Promise<OpenedStore>;

/** What the cases use: a store that is disposed of after the case. */
export interface StoreCase {
  open(now?: () => number): Promise<Store>;
  reopen(): Promise<Store>;
  /** Closed with the case. */
  source(): LedgerSource;
}

export function registerStoreContract(name: string, factory: StoreFactory): void {
  describe(`store contract: ${name}`, () => {
    let opened: OpenedStore | undefined;
    const sources: LedgerSource[] = [];
    const storeCase: StoreCase = {
      async open(now = () => 1_000_000) {
        opened = await factory(now);
        return opened.store;
      },
      async reopen() {
        if (!opened) throw new Error('nothing is open');
        opened = await opened.reopen();
        return opened.store;
      },
      source() {
        if (!opened) throw new Error('nothing is open');
        const source = opened.openSource();
        sources.push(source);
        return source;
      },
    };
    afterEach(async () => {
      for (const source of sources.splice(0)) source.close();
      await opened?.dispose();
      opened = undefined;
    });
    registerTransactionCases(storeCase);
    registerClockCases(storeCase);
    registerFactCases(storeCase);
    registerLedgerCases(storeCase);
    registerPositionCases(storeCase);
    registerIncidentCases(storeCase);
    registerEscalationCases(storeCase);
    registerStoryCases(storeCase);
    registerWallCases(storeCase);
    registerSettingCases(storeCase);
    registerReadCases(storeCase);
    registerCampaignCases(storeCase);
    registerChannelCases(storeCase);
    registerStandupCases(storeCase);
    registerScreenCases(storeCase);
  });
}
