import { stat } from 'node:fs/promises';
import { readRegularFile } from '../../files/readRegularFile.ts';
import path from 'node:path';
import type { TestCase } from '@omnia-buildstream/core/testReport/types';
import { codeOf } from '../../files/fileSystem.ts';
import type { Clock } from '../../ports/clock.ts';
import { failed, inError, passed, skipped, type Finding } from '../check.ts';
import type { Validator, ValidatorOutput } from '../validator.ts';
import { Lines } from './lines.ts';
import { runProcess, type ProcessEnd } from './process.ts';
import { readMoleculeReport } from './readReport.ts';
import type { MoleculeSettings } from './settings.ts';

const maxReportBytes = 64 * 1024 * 1024;
const folderAdvice = 'Name the right one: --molecule-dir, in the editor buildstream.engine.moleculeFolder.';
const programAdvice =
  'Install it, name it (--molecule, in the editor buildstream.engine.molecule), or leave that out: the built-in ' +
  'checks need no program.';

/** Runs Molecule (or what is configured in its place): one test for its exit code, and those that its report names. */
export class MoleculeValidator implements Validator {
  readonly count = 1;
  readonly #settings: MoleculeSettings;
  readonly #clock: Clock;

  constructor(settings: MoleculeSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
  }

  async run({ finished, note }: ValidatorOutput, signal: AbortSignal): Promise<void> {
    const { command, folder, report } = this.#settings;
    if (signal.aborted) {
      finished(testOf(skipped('not tested: the stage ended before', 'Run the stage again.'), 0));
      return;
    }
    const startMs = this.#clock.monotonic();
    const lines = new Lines((line) => {
      note('info', line);
    });
    if (!(await isFolder(folder))) {
      finished(testOf(inError(`there is no folder ${folder}`, folderAdvice), 0));
      return;
    }
    const place = report === undefined ? undefined : path.resolve(folder, report);
    const before = place === undefined ? undefined : await writingOf(place);
    note('info', `Molecule: ${command.join(' ')} in ${folder}`);
    const end = await runProcess(
      this.#settings,
      (text) => {
        lines.add(text);
      },
      { clock: this.#clock, signal },
    );
    lines.end();
    if (place !== undefined && (end.kind === 'exit' || end.kind === 'signal')) {
      const cases = await casesOf(place, before);
      if (typeof cases === 'string') note('warning', cases);
      else for (const test of cases) finished(test);
    }
    finished(testOf(findingOf(end, command[0]), Math.round(this.#clock.monotonic() - startMs)));
  }
}

/**
 * The cases, or why there are none. A report from before this run says nothing about it; which one that is, its file
 * tells by itself, because a file server has a clock of its own.
 */
async function casesOf(file: string, before: string | undefined): Promise<readonly TestCase[] | string> {
  try {
    if ((await writingOf(file)) === before && before !== undefined)
      return `Molecule's report ${file} is older than this run and is not read.`;
    if ((await stat(file)).size > maxReportBytes) return `Molecule's report ${file} is too large to be read.`;
    return readMoleculeReport(await readRegularFile(file, 'utf8')) ?? `${file} is not a report in JUnit XML or JSON.`;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return `Molecule wrote no report ${file}; its exit code decides.`;
    return `Molecule's report cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

/** Another one for each time that a file was written; undefined when it is not there. */
async function writingOf(file: string): Promise<string | undefined> {
  return stat(file, { bigint: true }).then(
    ({ ino, size, mtimeNs, ctimeNs }) => [ino, size, mtimeNs, ctimeNs].map(String).join(),
    () => undefined,
  );
}

function findingOf(end: ProcessEnd, program: string): Finding {
  const lookAtLog = 'Look at its output in molecule_output.log.';
  switch (end.kind) {
    case 'exit':
      return end.code === 0 ? passed('it ends with 0') : failed(`it ends with ${String(end.code)}`, lookAtLog);
    case 'signal':
      return inError(`it was ended by ${end.name}`, lookAtLog);
    case 'stopped':
      return skipped('it was stopped, with everything that it had started', 'Run the stage again.');
    case 'not-started': {
      const isMissing = end.code === 'ENOENT';
      const why = isMissing ? `there is no program "${program}"` : `"${program}" cannot be started: ${end.message}`;
      return inError(`${why}; only the built-in checks were carried out`, programAdvice);
    }
  }
}

function testOf({ outcome, message, advice }: Finding, durationMs: number): TestCase {
  return { id: 'molecule', title: 'Molecule succeeds', hostname: '', outcome, message, advice, durationMs };
}

async function isFolder(folder: string): Promise<boolean> {
  return stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
