/** The command line: what can be asked, with its options. Each command's work is in a file of its own, loaded when asked for. */
import { Command, InvalidArgumentError } from 'commander';
import { CommandFailed } from './commands/connect.ts';

const program = new Command('warroom')
  .description('营销作战室: a live war room for a marketing team')
  .showHelpAfterError('(npm run warroom -- help shows what can be asked)')
  .addHelpText('after', '\nSettings come from the environment; the README has the table. Every command exits with 0 on success.');

program
  .command('serve')
  .description('start the server (what npm start does)')
  .action(async () => {
    await import('./main.ts');
  });

program
  .command('import')
  .description('send files of CloudEvents (NDJSON or a JSON array) to the running server; repeating it changes nothing')
  .argument('<file...>', 'files to send, in this order')
  .option('--url <address>', 'the server (default: this machine, by HOST and PORT)')
  .option('--patience <seconds>', 'how long to go on trying while the server is busy or away', positive, 120)
  .addHelpText(
    'after',
    '\nExit code 1 when an event was rejected or the transfer failed. Quarantined events are kept for repair: told, exit code 0.',
  )
  .action(async (files: string[], options: { url?: string; patience: number }) => {
    const { configured, ownAddress } = await import('./commands/connect.ts');
    const { importFiles } = await import('./commands/import/import-files.ts');
    process.exitCode = await importFiles(files, {
      url: options.url ?? ownAddress(configured()),
      patienceMs: options.patience * 1_000,
      // npm runs scripts in the project's folder and says here where it was called.
      cwd: process.env['INIT_CWD'] ?? process.cwd(),
      out: process.stderr,
    });
  });

program
  .command('demo')
  .description('produce the demo’s marketing day to Kafka')
  .option('--kafka', 'to the brokers of KAFKA_BROKERS', false)
  .option('--days <n>', 'days of past to tell in coarse strokes first', whole, 30)
  .option('--seed <n>', 'the same seed tells the same day', whole, 1)
  .option('--rate <n>', 'events a second at most for the past; 0 = as fast as possible', whole, 0)
  .option('--follow', 'go on in real time until stopped', false)
  .action(async (options: { kafka: boolean; days: number; seed: number; rate: number; follow: boolean }) => {
    const { produceDemo } = await import('./commands/demo.ts');
    process.exitCode = await produceDemo(options);
  });

const topics = program.command('topics').description('the Kafka topics of the war room');
topics
  .command('create')
  .description('make the topics that are missing')
  .option('--partitions <n>', 'partitions of a new topic', positive, 3)
  .action(async ({ partitions }: { partitions: number }) => {
    const { createTopics } = await import('./commands/topics.ts');
    process.exitCode = await createTopics(partitions);
  });
topics
  .command('list')
  .description('show the topics, their partitions and records')
  .action(async () => {
    const { listTopics } = await import('./commands/topics.ts');
    process.exitCode = await listTopics();
  });

program
  .command('doctor')
  .description('look at everything the server needs and say what to mend')
  .action(async () => {
    const { doctor } = await import('./commands/doctor/doctor.ts');
    process.exitCode = await doctor();
  });

program
  .command('export')
  .description('write all facts, with every version, and the ledger as files for other tools, one a month; a running server goes on')
  .option('--parquet <folder>', 'Parquet files, into a folder that is empty or does not exist')
  .option('--csv <folder>', 'CSV files, likewise')
  .option('--demo', 'the demo’s store', false)
  .addHelpText(
    'after',
    '\nNeeds as much free space as the store has, while it works. manifest.json is written last and lists files and columns.',
  )
  .action(async ({ parquet, csv, demo }: { parquet?: string; csv?: string; demo: boolean }) => {
    const { exportFiles } = await import('./commands/export/export-files.ts');
    const folder = parquet ?? csv;
    if (folder === undefined || (parquet !== undefined && csv !== undefined))
      throw new CommandFailed('Name one folder: warroom export --parquet FOLDER, or warroom export --csv FOLDER.');
    const cwd = process.env['INIT_CWD'] ?? process.cwd();
    process.exitCode = await exportFiles({ format: parquet === undefined ? 'csv' : 'parquet', folder, cwd, demo, out: process.stderr });
  });

program
  .command('verify')
  .description('count everything anew from the facts and compare; the server must be stopped')
  .option('--demo', 'the demo’s store', false)
  .action(async ({ demo }: { demo: boolean }) => {
    const { verify } = await import('./commands/verify.ts');
    process.exitCode = await verify(demo);
  });

program
  .command('rebuild')
  .description('write the ledger’s file anew from the facts; the server must be stopped')
  .option('--demo', 'the demo’s store', false)
  .action(async ({ demo }: { demo: boolean }) => {
    const { rebuild } = await import('./commands/rebuild.ts');
    process.exitCode = await rebuild(demo);
  });

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('a whole number is wanted.');
  return Number(text);
}
function positive(text: string): number {
  const n = whole(text);
  if (n === 0) throw new InvalidArgumentError('at least 1 is wanted.');
  return n;
}

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (!(error instanceof CommandFailed)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
