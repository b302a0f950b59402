/** A process of its own that reads a topic, made to be killed: `node kafka-member.ts <broker> <topic> <store id>`. */
import { createKafkaLog } from '../../../server/adapters/kafka/kafka-log.ts';
import { systemClock } from '../../../server/adapters/system/clock.ts';
import { silentLogger } from '../../helpers/silent-logger.ts';
import { memberTiming } from './kafka-rig.ts';
import { RecordingHandler } from './recording-handler.ts';

const [broker = '', topic = '', storeId = ''] = process.argv.slice(2);
const log = createKafkaLog({
  brokers: [broker],
  clientId: 'test',
  groupId: topic,
  storeId,
  ssl: null,
  sasl: null,
  topics: { sales: topic },
  clock: systemClock,
  logger: silentLogger,
  timing: memberTiming,
  onHealth: ({ state }) => process.stdout.write(`${state}\n`),
});
await log.consumer.run(new RecordingHandler());
