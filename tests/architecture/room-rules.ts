/**
 * Which room may import which: one table for each part of the house. A room is a folder; the files that stand
 * in the part's own folder form the room `.`. A folder that is missing in its table is a finding too, so that a new
 * room cannot come without its rule.
 */
import { importsOf, isCode, type SourceFile } from './source.ts';

interface House {
  /** Folder of the part, with `/` at the end. */
  readonly base: string;
  readonly rule: string;
  /** Each room with the rooms it may import besides itself. */
  readonly rooms: Readonly<Record<string, readonly string[]>>;
  /** Files that break the rule: each of them must be found. */
  readonly planted: readonly SourceFile[];
}

const houses: readonly House[] = [
  {
    base: 'server/domain/',
    rule: 'rooms of the domain: facts ← time ← fold ← ledger ← kpis; time ← nodes ← targets ← kpis ← projection; nodes, ledger ← anomalies; severity ← incidents; incidents, nodes ← escalation; time ← standup; campaigns, alerts, screens and demo stand alone',
    rooms: {
      '.': [],
      time: [],
      nodes: ['time'],
      anomalies: ['.', 'ledger', 'nodes'],
      fold: ['.', 'time'],
      ledger: ['.', 'fold', 'time'],
      targets: ['.', 'nodes', 'time'],
      closing: ['time'],
      kpis: ['.', 'ledger', 'nodes', 'targets', 'time'],
      campaigns: ['.'],
      projection: ['.', 'kpis', 'ledger', 'nodes', 'time'],
      incidents: ['severity'],
      severity: [],
      'back-test': ['severity', 'stories'],
      alerts: [],
      escalation: ['incidents', 'nodes', 'time'],
      screens: [],
      stories: [],
      standup: ['time'],
      demo: ['time'],
    },
    planted: [
      { path: 'server/domain/standup/h.ts', text: "import { x } from '../incidents/story.ts';" },
      { path: 'server/domain/stories/g.ts', text: "import { x } from '../incidents/story.ts';" },
      { path: 'server/domain/time/a.ts', text: "import { x } from '../kpis/registry.ts';" },
      { path: 'server/domain/fold/b.ts', text: "import { x } from '../incidents/events.ts';" },
      { path: 'server/domain/ledger/d.ts', text: "import { x } from '../kpis/registry.ts';" },
      { path: 'server/domain/anomalies/f.ts', text: "import { x } from '../kpis/registry.ts';" },
      { path: 'server/domain/nodes/e.ts', text: "import { x } from '../targets/book.ts';" },
      { path: 'server/domain/incidents/g.ts', text: "import { x } from '../escalation/steps.ts';" },
      { path: 'server/domain/screens/h.ts', text: "import { x } from '../incidents/story.ts';" },
      { path: 'server/domain/attic/c.ts', text: '' },
    ],
  },
  {
    base: 'server/pipeline/',
    rule: 'rooms of the pipeline: ports ← decode ← fold ← ingest; ports ← incidents ← ingest, services; ports ← figures, anomalies ← services, push; ports ← outbox ← services; incidents ← screens ← services',
    rooms: {
      ports: [],
      decode: ['ports'],
      fold: ['ports', 'decode'],
      incidents: ['ports'],
      outbox: ['ports'],
      ingest: ['ports', 'decode', 'fold', 'incidents'],
      figures: ['ports'],
      anomalies: ['ports'],
      services: ['ports', 'decode', 'incidents', 'outbox', 'figures', 'anomalies', 'screens'],
      push: ['ports', 'incidents', 'figures', 'anomalies'],
      screens: ['ports', 'incidents'],
    },
    planted: [
      { path: 'server/pipeline/ports/a.ts', text: "import { x } from '../decode/decode.ts';" },
      { path: 'server/pipeline/decode/b.ts', text: "import type { X } from '../fold/fold.ts';" },
      { path: 'server/pipeline/fold/c.ts', text: "import { x } from '../incidents/intake.ts';" },
      { path: 'server/pipeline/incidents/d.ts', text: "import { x } from '../services/incidents.ts';" },
      { path: 'server/pipeline/outbox/j.ts', text: "import { x } from '../incidents/intake.ts';" },
      { path: 'server/pipeline/services/e.ts', text: "import { x } from '../ingest/ingest.ts';" },
      { path: 'server/pipeline/push/views/f.ts', text: "import { x } from '../../services/kpis.ts';" },
      { path: 'server/pipeline/figures/h.ts', text: "import { x } from '../services/kpis.ts';" },
      { path: 'server/pipeline/anomalies/i.ts', text: "import { x } from '../services/kpis.ts';" },
      { path: 'server/pipeline/screens/k.ts', text: "import { x } from '../push/broadcaster.ts';" },
      { path: 'server/pipeline/ingest/g.ts', text: "import { x } from '../push/broadcaster.ts';" },
    ],
  },
  {
    base: 'server/adapters/kafka/',
    rule: 'rooms of the Kafka adapter: codec ← client ← consume ← kafka-log',
    rooms: { '.': ['codec', 'consume'], codec: [], consume: ['.', 'codec'] },
    planted: [{ path: 'server/adapters/kafka/codec/a.ts', text: "import { x } from '../client.ts';" }],
  },
  {
    base: 'server/adapters/sqlite/',
    rule: 'rooms of the SQLite adapter: shared files ← transaction ← threads ← reads ← past ← open; migrations ← open; ledger stands alone, in a process of its own',
    rooms: {
      '.': [],
      migrations: [],
      transaction: ['.'],
      threads: ['.', 'transaction'],
      reads: ['.', 'threads'],
      ledger: ['.'],
      past: ['.', 'threads', 'reads'],
      open: ['.', 'migrations', 'transaction', 'threads', 'reads', 'past'],
    },
    planted: [
      { path: 'server/adapters/sqlite/reads/a.ts', text: "import { x } from '../open/open-store.ts';" },
      { path: 'server/adapters/sqlite/transaction/b.ts', text: "import { x } from '../reads/reader.ts';" },
      { path: 'server/adapters/sqlite/ledger/c.ts', text: "import { x } from '../open/open-store.ts';" },
    ],
  },
  {
    base: 'server/adapters/duckdb/',
    rule: 'the DuckDB adapter: shared files ← engine (in its own process), client (in ours), offline (in commands)',
    rooms: { '.': [], engine: ['.'], client: ['.'], offline: ['.', 'engine'] },
    planted: [{ path: 'server/adapters/duckdb/client/a.ts', text: "import { x } from '../engine/database.ts';" }],
  },
  {
    base: 'client/',
    rule: 'rooms of the client: format ← i18n; wire ← state ← screen; i18n, state ← ui ← panels ← scenes ← app; ui, screen ← desk-kit ← desk, numbers, settings, director, standup ← app',
    rooms: {
      '.': ['app', 'i18n', 'styles'],
      styles: [],
      format: [],
      wire: [],
      charts: [],
      i18n: ['format'],
      state: ['wire'],
      ui: ['format', 'i18n', 'state'],
      screen: ['format', 'wire', 'state', 'i18n'],
      panels: ['charts', 'format', 'i18n', 'state', 'ui'],
      scenes: ['format', 'i18n', 'state', 'ui', 'screen', 'panels'],
      'desk-kit': ['format', 'i18n', 'wire', 'state', 'ui', 'screen'],
      desk: ['format', 'i18n', 'wire', 'state', 'ui', 'screen', 'desk-kit'],
      numbers: ['charts', 'format', 'i18n', 'wire', 'state', 'ui', 'desk-kit'],
      settings: ['format', 'i18n', 'wire', 'state', 'ui', 'desk-kit'],
      director: ['charts', 'format', 'i18n', 'wire', 'state', 'ui', 'desk-kit'],
      standup: ['format', 'i18n', 'wire', 'state', 'ui', 'desk-kit'],
      app: ['i18n', 'screen', 'scenes', 'desk', 'numbers', 'settings', 'director', 'standup'],
    },
    planted: [
      { path: 'client/panels/today/a.tsx', text: "import { Strip } from '../../scenes/frame/strip.tsx';" },
      { path: 'client/panels/today/b.tsx', text: "import { nextClock } from '../../desk/next-clock.ts';" },
      { path: 'client/ui/c.tsx', text: "import { PanelFrame } from '../panels/panel-frame.tsx';" },
      { path: 'client/state/d.ts', text: "import { runScreen } from '../screen/run-screen.ts';" },
      { path: 'client/wire/e.ts', text: "import type { Screen } from '../state/screen-store.ts';" },
      { path: 'client/charts/f.ts', text: "import { useScreen } from '../state/screen-context.tsx';" },
      { path: 'client/desk/g.tsx', text: "import { EmptyNote } from '../panels/empty-note.tsx';" },
      { path: 'client/desk-kit/j.tsx', text: "import { Queue } from '../desk/queue.tsx';" },
      { path: 'client/numbers/k.tsx', text: "import { TargetsTable } from '../settings/targets-table.tsx';" },
      { path: 'client/format/h.ts', text: "import { useWords } from '../i18n/use-words.ts';" },
      { path: 'client/walls/i.ts', text: '' },
    ],
  },
];

function roomOf(house: House, path: string): string | undefined {
  if (!path.startsWith(house.base)) return undefined;
  const parts = path.slice(house.base.length).split('/');
  return parts.length === 1 ? '.' : parts[0];
}

function check(house: House, files: readonly SourceFile[]): string[] {
  return files.filter(isCode).flatMap((file) => {
    const room = roomOf(house, file.path);
    if (room === undefined) return [];
    const allowed = house.rooms[room];
    if (!allowed) return [`${file.path}: the room ${room} is not in the table of ${house.base}`];
    return importsOf(file).flatMap(({ own, target }) => {
      const other = own ? roomOf(house, target) : undefined;
      return other === undefined || other === room || allowed.includes(other)
        ? []
        : [`${file.path}: imports ${target}; ${room} may import ${allowed.join(', ') || 'no other room'}`];
    });
  });
}

export const roomRules = houses.map((house) => ({ name: house.rule, check: (files: readonly SourceFile[]) => check(house, files) }));

export const plantedInRooms: Readonly<Record<string, readonly SourceFile[]>> = Object.fromEntries(
  houses.map((house) => [house.rule, house.planted]),
);
