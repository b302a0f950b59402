/**
 * The AsyncAPI 3 document for producers: one channel per Kafka topic under its
 * configured name, one message per event type of the registry.
 */
import { topics } from '../../../../shared/events/define.ts';
import { eventExample, eventSchema } from '../../../../shared/events/json-schema.ts';
import { eventDefinitions } from '../../../../shared/events/registry.ts';
import type { KafkaConfig } from '../../../config/kafka.ts';

type Json = Readonly<Record<string, unknown>>;

/** @param kafka null = no broker configured: the contract's own topic names, no server */
export function asyncApi(kafka: KafkaConfig | null, build: string): Json {
  const ofTopic = (topic: string) => eventDefinitions.filter((definition) => definition.topic === topic);
  return {
    asyncapi: '3.0.0',
    info: {
      title: '营销作战室 · events',
      version: build,
      license: { name: 'MIT' },
      description:
        'CloudEvents 1.0 in JSON, structured or with `ce_` headers. Key every record by the entity’s id, so that one entity’s events keep their order.',
    },
    defaultContentType: 'application/cloudevents+json',
    ...(kafka === null ? {} : { servers: servers(kafka) }),
    channels: Object.fromEntries(
      topics.map((topic) => [
        topic,
        {
          address: kafka?.topics[topic] ?? `marketing.${topic}`,
          messages: Object.fromEntries(ofTopic(topic).map((d) => [d.type, { $ref: `#/components/messages/${d.type}` }])),
        },
      ]),
    ),
    operations: Object.fromEntries(
      topics.map((topic) => [
        `receive-${topic}`,
        {
          action: 'receive',
          channel: { $ref: `#/channels/${topic}` },
          messages: ofTopic(topic).map((d) => ({ $ref: `#/channels/${topic}/messages/${d.type}` })),
        },
      ]),
    ),
    components: {
      messages: Object.fromEntries(
        eventDefinitions.map((definition) => [
          definition.type,
          {
            name: definition.type,
            summary: definition.summary,
            contentType: 'application/cloudevents+json',
            payload: eventSchema(definition),
            examples: [{ name: 'example', payload: eventExample(definition) }],
          },
        ]),
      ),
    },
  };
}

function servers(kafka: KafkaConfig): Json {
  return Object.fromEntries(
    kafka.brokers.map((host, index) => [`broker-${index + 1}`, { host, protocol: kafka.ssl === null ? 'kafka' : 'kafka-secure' }]),
  );
}
