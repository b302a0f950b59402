/**
 * Kafka's jars, fetched once through Maven into `.cache/kafka`. Java or Maven may be
 * missing on a machine: then the suites that need them are named as not run.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const version = '4.2.0';
const cache = fileURLToPath(new URL('../../.cache/kafka', import.meta.url));
const libs = join(cache, `libs-${version}`);

export function kafkaAvailable(): { ok: true } | { ok: false; reason: string } {
  if (process.env['KAFKA_BROKERS']) return { ok: true };
  const java = spawnSync('java', ['-version'], { encoding: 'utf8' });
  if (java.status !== 0) return { ok: false, reason: 'no Java on this machine (JDK 17 or newer runs the broker)' };
  const major = Number(/version "(\d+)/.exec(java.stderr)?.[1] ?? 0);
  if (major < 17) return { ok: false, reason: `Java ${major} is too old: Kafka ${version} needs 17` };
  if (existsSync(libs)) return { ok: true };
  const maven = spawnSync('mvn', ['-v'], { encoding: 'utf8' });
  if (maven.status !== 0) return { ok: false, reason: 'no Maven on this machine (it fetches the broker)' };
  return { ok: true };
}

/** Folder of the broker's jars. */
export function kafkaLibs(): string {
  return mavenLibs(libs, [['org.apache.kafka', 'kafka_2.13', version], ['org.apache.kafka', 'kafka-tools', version], noLogging]);
}

/** Folder of the jars of a Kafka Streams application. */
export function kafkaStreamsLibs(): string {
  return mavenLibs(join(cache, `streams-${version}`), [['org.apache.kafka', 'kafka-streams', version], noLogging]);
}

type Artefact = readonly [group: string, artifact: string, version: string];
const noLogging: Artefact = ['org.slf4j', 'slf4j-nop', '1.7.36'];

/** The first call on a machine takes as long as Maven does; two at once do not disturb each other. */
function mavenLibs(folder: string, artefacts: readonly Artefact[]): string {
  if (existsSync(folder)) return folder;
  const work = join(cache, `fetch-${process.pid}`);
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, 'pom.xml'), pom(artefacts));
  execFileSync('mvn', ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=libs'], { cwd: work, stdio: 'inherit' });
  try {
    renameSync(join(work, 'libs'), folder);
  } catch (error) {
    // Another process was first; its copy is as good.
    if (!existsSync(folder)) throw error;
  }
  rmSync(work, { recursive: true, force: true });
  return folder;
}

function pom(artefacts: readonly Artefact[]): string {
  const dependencies = artefacts.map(
    ([group, artifact, v]) =>
      `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${v}</version></dependency>`,
  );
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
<modelVersion>4.0.0</modelVersion><groupId>warroom</groupId><artifactId>kafka-rig</artifactId><version>1</version>
<dependencies>
${dependencies.join('\n')}
</dependencies></project>
`;
}
