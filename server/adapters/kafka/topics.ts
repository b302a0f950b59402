/** Making and looking at the topics, for the command line and the doctor. */
import { Unavailable } from '../../pipeline/ports/errors.ts';
import type { AdminClient } from './admin-client.ts';
import { classify } from './failures.ts';

export interface TopicDescription {
  /** Logical topic. */
  readonly topic: string;
  /** Its name at the broker. */
  readonly name: string;
  /** null = it does not exist. */
  readonly partitions: number | null;
  /** Records kept, all partitions. */
  readonly records: number | null;
}

/** Everything throws `Unavailable`, with a sentence fit for a person. */
export interface TopicAdmin {
  /** Makes those that are missing; returns their names at the broker. */
  createTopics(options?: { partitions?: number }): Promise<readonly string[]>;
  describe(): Promise<readonly TopicDescription[]>;
  /** The ends of every partition of those of these topics, by name at the broker, that exist. */
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
        // Append time, so that a source's wrong clock changes neither retention nor measured lag.
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
