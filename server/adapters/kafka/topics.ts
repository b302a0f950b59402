/** Creates and describes topics, for the commands `topics` and `doctor` and for reading to the end of a log. */
import { Unavailable } from '../../pipeline/ports/errors.ts';
import type { AdminClient } from './admin-client.ts';
import { classify } from './failures.ts';

export interface TopicDescription {
  /** The logical topic. */
  readonly topic: string;
  /** The name of the topic at the broker. */
  readonly name: string;
  /** null = the topic does not exist. */
  readonly partitions: number | null;
  /** The number of records kept, over all partitions; null = the topic does not exist. */
  readonly records: number | null;
}

/** Every method throws `Unavailable` with a sentence that can be shown to a person. */
export interface TopicAdmin {
  /** Creates the topics that are missing and resolves to their names at the broker. */
  createTopics(options?: { partitions?: number }): Promise<readonly string[]>;
  describe(): Promise<readonly TopicDescription[]>;
  /** The start and end of every partition of the given topics (names at the broker); topics that do not exist are left out. */
  ends(names: readonly string[]): Promise<readonly { topic: string; partition: number; low: number; high: number }[]>;
  close(): Promise<void>;
}

export function topicAdmin(admin: AdminClient, topics: Readonly<Record<string, string>>): TopicAdmin {
  const orUnavailable = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      const failure = classify(error);
      throw new Unavailable(failure.kind === 'passing' ? failure.reason : 'broker_refused', failure.detail, error);
    }
  };
  return {
    createTopics: ({ partitions = 3 } = {}) =>
      orUnavailable(async () => {
        const existing = new Set(await admin.topicNames());
        const missing = Object.values(topics).filter((name) => !existing.has(name));
        if (missing.length === 0) return [];
        const { brokers } = await admin.ask((a) => a.describeCluster());
        const replicationFactor = Math.min(3, brokers.length);
        // With append time, a wrong clock of a source changes neither the retention nor the measured lag.
        const configEntries = [{ name: 'message.timestamp.type', value: 'LogAppendTime' }];
        const wanted = missing.map((topic) => ({ topic, numPartitions: partitions, replicationFactor, configEntries }));
        await admin.ask((a) => a.createTopics({ topics: wanted, waitForLeaders: true }));
        return missing;
      }),

    describe: () =>
      orUnavailable(async () => {
        const existing = new Set(await admin.topicNames());
        const rows: TopicDescription[] = [];
        for (const [topic, name] of Object.entries(topics)) {
          if (!existing.has(name)) {
            rows.push({ topic, name, partitions: null, records: null });
            continue;
          }
          const marks = [...(await admin.topic(name)).partitions.values()];
          rows.push({ topic, name, partitions: marks.length, records: marks.reduce((sum, { low, high }) => sum + high - low, 0) });
        }
        return rows;
      }),

    ends: (names) =>
      orUnavailable(async () => {
        const existing = new Set(await admin.topicNames());
        const present = names.filter((name) => existing.has(name));
        const views = await Promise.all(present.map(async (topic) => ({ topic, ...(await admin.topic(topic)) })));
        return views.flatMap(({ topic, partitions }) => [...partitions].map(([partition, marks]) => ({ topic, partition, ...marks })));
      }),

    close: () => admin.close(),
  };
}
