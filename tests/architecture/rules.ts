/**
 * The rules of the code's layers, as functions from files to findings. Each rule is
 * also run on a planted violation, so that none of them can pass by finding nothing.
 */
import { roomRules } from './room-rules.ts';
import { importsOf, isCode, packageOf, stripped, type SourceFile } from './source.ts';

/** `path: what is wrong and what the rule wants`. */
export type Finding = string;
export interface Rule {
  readonly name: string;
  check(files: readonly SourceFile[]): Finding[];
}

const layers = [
  { layer: 'shared', at: /^shared\//, sees: /^shared\// },
  { layer: 'server/domain', at: /^server\/domain\//, sees: /^(shared|server\/domain)\// },
  { layer: 'server/pipeline', at: /^server\/pipeline\//, sees: /^(shared|server\/domain|server\/pipeline)\// },
  { layer: 'server/config', at: /^server\/config(\.ts$|\/)/, sees: /^(shared\/|server\/config\b)/ },
  {
    layer: 'server/adapters',
    at: /^server\/adapters\//,
    sees: /^(shared\/|server\/domain\/|server\/pipeline\/|server\/adapters\/|server\/config\b)/,
  },
  { layer: 'client', at: /^client\//, sees: /^(shared|client)\// },
  { layer: 'server', at: /^server\//, sees: /^(shared|server)\// },
] as const;

const isPure = (file: SourceFile) => isCode(file) && /^(shared|server\/domain|server\/pipeline)\//.test(file.path);
const isProduct = (file: SourceFile) => isCode(file) && /^(shared|server|client)\//.test(file.path);

const layersLookDown: Rule = {
  name: 'shared ← domain ← pipeline ← adapters ← main, and client ← shared',
  check: (files) =>
    files.filter(isProduct).flatMap((file) => {
      const own = layers.find((l) => l.at.test(file.path));
      if (!own) return [];
      return importsOf(file)
        .filter(({ own: ours, target }) => ours && !own.sees.test(target))
        .map(({ target }) => `${file.path}: imports ${target}, which lies above ${own.layer}`);
    }),
};

const pureLayersImportNothingElse: Rule = {
  name: 'shared, domain and pipeline import no library but zod, and nothing of Node',
  check: (files) =>
    files.filter(isPure).flatMap((file) =>
      importsOf(file)
        .filter(({ own, target }) => !own && target !== 'zod')
        .map(({ target }) => `${file.path}: imports ${target}`),
    ),
};

/** Everything that makes a run differ from the last one; it comes in by ports and arguments. */
const impure =
  /\bDate\.now\b|\bMath\.random\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bperformance\.|\bprocess\.|\b(?:set|clear)(?:Timeout|Interval|Immediate)\s*\(|\bcrypto\.|\bconsole\.|\bnavigator\.|\bglobalThis\b/g;

const timeIsAnArgument: Rule = {
  name: 'shared, domain and pipeline read no clock, no randomness, no environment and start no timer',
  check: (files) =>
    files.filter(isPure).flatMap((file) => {
      const code = stripped(file.text, { texts: true });
      return [...code.matchAll(impure)].map((m) => `${file.path}:${lineAt(code, m.index)}: uses ${m[0].trim()}`);
    }),
};

/** Libraries that more than one place may use: they describe shapes and do nothing. */
const everywhere = new Set(['zod']);
/** The place a library is known in: an adapter's folder, the command line, or a folder of the client. */
function placeOf(path: string): string {
  return (
    path.match(/^(server\/adapters\/[^/]+|client\/[^/]+)\//)?.[1] ?? (/^server\/(cli\.ts|commands\/)/.test(path) ? 'server/commands' : path)
  );
}
/** Client libraries that are the client's language rather than something outside. */
const clientLanguage = new Set(['react', 'react-dom', 'react-i18next', 'zustand', 'antd']);

const oneHomePerLibrary: Rule = {
  name: 'each external library is imported from one folder only',
  check: (files) => {
    const homes = new Map<string, Map<string, string>>();
    for (const file of files.filter(isProduct)) {
      for (const imported of importsOf(file)) {
        const library = packageOf(imported) ?? (imported.target === 'node:sqlite' ? imported.target : undefined);
        if (!library || everywhere.has(library) || (clientLanguage.has(library) && file.path.startsWith('client/'))) continue;
        const side = `${library} (${file.path.split('/')[0]})`;
        homes.set(side, (homes.get(side) ?? new Map<string, string>()).set(placeOf(file.path), file.path));
      }
    }
    return [...homes]
      .filter(([, places]) => places.size > 1)
      .map(([library, places]) => `${library}: imported from ${[...places.values()].sort().join(', ')}`);
  },
};

/** Rooms of the client whose pages are built from Ant Design. */
const antRooms = /^client\/(desk|desk-kit|numbers|settings|director|standup)\//;

const wallsWithoutComponentLibrary: Rule = {
  name: 'Ant Design is imported by the rooms of desk pages only, so that no wall loads it',
  check: (files) =>
    files
      .filter((file) => isCode(file) && file.path.startsWith('client/') && !antRooms.test(file.path))
      .flatMap((file) =>
        importsOf(file)
          .filter((imported) => packageOf(imported) === 'antd')
          .map(({ target }) => `${file.path}: imports ${target}`),
      ),
};

const adaptersKeepApart: Rule = {
  name: 'an adapter imports no other adapter but system, which wraps the process itself',
  check: (files) =>
    files.filter(isCode).flatMap((file) => {
      const own = file.path.match(/^server\/adapters\/[^/]+\//)?.[0];
      if (!own) return [];
      return importsOf(file)
        .filter(({ target }) => /^server\/adapters\/(?!system\/)/.test(target) && !target.startsWith(own))
        .map(({ target }) => `${file.path}: imports ${target}`);
    }),
};

const noBarrels: Rule = {
  name: 'no barrels: a name is imported from the file that makes it',
  check: (files) =>
    files.filter(isCode).flatMap((file) => {
      const code = stripped(file.text, { texts: true });
      const found: Finding[] = [];
      if (/(^|\/)index\.tsx?$/.test(file.path)) found.push(`${file.path}: is named index`);
      if (/^\s*export\s+(type\s+)?(\*|\{[^}]*\})\s*from\b/m.test(code)) found.push(`${file.path}: hands on another file's exports`);
      return found;
    }),
};

const smallFiles: Rule = {
  name: 'a file has at most 400 lines',
  check: (files) =>
    files
      .filter((file) => /\.(ts|tsx|mjs|css)$/.test(file.path))
      .map((file) => ({ file, lines: file.text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > 400)
      .map(({ file, lines }) => `${file.path}: ${lines} lines`),
};

const kebabNames: Rule = {
  name: 'files are named in kebab-case',
  check: (files) =>
    files
      .filter((file) => isCode(file) && !/^[a-z0-9-]+(\.(test|config|d))?\.(ts|tsx|mjs)$/.test(file.path.split('/').at(-1) as string))
      .map((file) => file.path),
};

const textsInCatalogues: Rule = {
  name: 'what the client says stands in client/i18n',
  check: (files) =>
    files
      .filter((file) => isCode(file) && file.path.startsWith('client/') && !file.path.startsWith('client/i18n/'))
      .flatMap((file) => {
        const code = stripped(file.text, { texts: false });
        return [...code.matchAll(/[\u4e00-\u9fff]+/g)].map((m) => `${file.path}:${lineAt(code, m.index)}: says ${m[0]}`);
      }),
};

/** Each with one letter in brackets, so that this file does not find itself. */
const machine = /\/wor[k]\/|\/roo[t]\/|\/tm[p]\/|registry\.npm[j]s|repo1?\.mave[n]/g;

const noMachine: Rule = {
  name: 'no file names a path of one machine or the host of a registry',
  check: (files) =>
    files.flatMap((file) => [...file.text.matchAll(machine)].map((m) => `${file.path}:${lineAt(file.text, m.index)}: ${m[0]}`)),
};

const nothingSilenced: Rule = {
  name: 'no check is silenced without a reason, and no test is skipped or alone',
  check: (files) =>
    files.filter(isCode).flatMap((file) => {
      const code = stripped(file.text, { texts: true });
      const silenced = [...file.text.matchAll(/@ts-(?:ignor[e]|nochec[k]|expect-erro[r])|(?:eslint|oxlint)-disabl[e](?![^\n]* -- )/g)];
      // A suite may be left out where its means are missing, if its title says so: the runner names those.
      const skipped = [...code.matchAll(/\b(?:it|test|describe)\.(?:only|skip|todo)\b/g)].filter(
        (m) => !(m[0] === 'describe.skip' && file.text.slice(m.index, m.index + 160).includes('(not run: ')),
      );
      return [...silenced, ...skipped].map((m) => `${file.path}:${lineAt(file.text, m.index)}: ${m[0]}`);
    }),
};

/** Unit tests share their modules, so that such a hook would run for the first file that loads the module and for no other. */
const hooksInTests: Rule = {
  name: 'what several test files share registers no hook while it is loaded',
  check: (files) =>
    files
      .filter((file) => isCode(file) && file.path.startsWith('tests/') && !/\.test\.tsx?$/.test(file.path))
      .flatMap((file) =>
        [...stripped(file.text, { texts: true }).matchAll(/^(?:before|after)(?:Each|All)(?=\()/gm)].map(
          (m) => `${file.path}:${lineAt(file.text, m.index)}: ${m[0]}`,
        ),
      ),
};

/** The helper itself, the port that declares the methods, and the adapter that implements them. */
const changeLog = /^server\/(pipeline\/ports\/(commit|transaction)\.ts$|adapters\/sqlite\/transaction\/)/;

const changesAreCommitted: Rule = {
  name: 'only createCommit appends to the change log, so that no change goes without its push signal',
  check: (files) =>
    files
      .filter((file) => isCode(file) && file.path.startsWith('server/') && !changeLog.test(file.path))
      .flatMap((file) => {
        const code = stripped(file.text, { texts: true });
        return [...code.matchAll(/\bappendChange\b/g)].map((m) => `${file.path}:${lineAt(code, m.index)}: names ${m[0]}`);
      }),
};

const ledgerIsCommitted: Rule = {
  name: 'only createCommit appends to the ledger, so that no row goes without whoever keeps sums of them hearing of it',
  check: (files) =>
    files
      .filter((file) => isCode(file) && file.path.startsWith('server/') && !changeLog.test(file.path))
      .flatMap((file) => {
        const code = stripped(file.text, { texts: true });
        return [...code.matchAll(/\bappendLedger\b/g)].map((m) => `${file.path}:${lineAt(code, m.index)}: names ${m[0]}`);
      }),
};

/** What the oracle's SQL and tables may know, and its events beside that: a mistake shared with the product would be found by neither. */
const oracleSees = {
  sql: /^tests\/oracle\/(sql|facts)\//,
  facts: /^tests\/oracle\/(facts|events)\//,
  events: /^(tests\/oracle\/events\/|tests\/helpers\/random\.ts$|shared\/events\/)/,
};

const oracleStandsAlone: Rule = {
  name: 'the oracle shares no code with what it checks',
  check: (files) =>
    files.filter(isCode).flatMap((file) =>
      Object.entries(oracleSees).flatMap(([room, sees]) =>
        file.path.startsWith(`tests/oracle/${room}/`)
          ? importsOf(file)
              .filter(({ own, target }) => own && !sees.test(target))
              .map(({ target }) => `${file.path}: imports ${target}, which the oracle may not know`)
          : [],
      ),
    ),
};

export const rules: readonly Rule[] = [
  layersLookDown,
  pureLayersImportNothingElse,
  timeIsAnArgument,
  oneHomePerLibrary,
  wallsWithoutComponentLibrary,
  adaptersKeepApart,
  ...roomRules,
  noBarrels,
  smallFiles,
  kebabNames,
  textsInCatalogues,
  noMachine,
  nothingSilenced,
  hooksInTests,
  changesAreCommitted,
  ledgerIsCommitted,
  oracleStandsAlone,
];

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
