import { stat } from 'node:fs/promises';
import { readRegularFile } from '../../files/readRegularFile.ts';
import path from 'node:path';
import { phrase, wordsOf, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { saidOf } from '@omnia-buildstream/core/text/saidError';
import type { TestCase } from '@omnia-buildstream/core/testReport/types';
import { codeOf } from '../../files/fileSystem.ts';
import type { Clock } from '../../ports/clock.ts';
import { failed, inError, passed, skipped, type Finding } from '../check.ts';
import type { Validator, ValidatorOutput } from '../validator.ts';
import { checkAdviceTexts, findingTexts } from '../checkTexts.ts';
import { Lines } from './lines.ts';
import { moleculeAdviceTexts as advice, moleculeTexts as texts } from './moleculeTexts.ts';
import { runProcess, type ProcessEnd } from './process.ts';
import { readMoleculeReport } from './readReport.ts';
import type { MoleculeSettings } from './settings.ts';

const maxReportBytes = 64 * 1024 * 1024;

/** Runs Molecule (or what is configured instead): one test for its exit code, and those that its report names. */
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
    const end = (finding: Finding, durationMs: number): void => {
      finished(testOf(finding, durationMs), finding.message);
    };
    if (signal.aborted) {
      end(skipped(phrase(findingTexts.ended), checkAdviceTexts.again), 0);
      return;
    }
    const startMs = this.#clock.monotonic();
    const lines = new Lines((line) => {
      note('info', line);
    });
    if (!(await isFolder(folder))) {
      end(inError(phrase(texts.noFolder, { folder }), advice.folder), 0);
      return;
    }
    const place = report === undefined ? undefined : path.resolve(folder, report);
    const before = place === undefined ? undefined : await writingOf(place);
    note('info', phrase(texts.running, { command: command.join(' '), folder }));
    const ended = await runProcess(
      this.#settings,
      (text) => {
        lines.add(text);
      },
      { clock: this.#clock, signal },
    );
    lines.end();
    if (place !== undefined && (ended.kind === 'exit' || ended.kind === 'signal')) {
      const cases = await casesOf(place, before);
      if ('message' in cases) note('warning', cases);
      else for (const test of cases) finished(test);
    }
    end(findingOf(ended, command[0]), Math.round(this.#clock.monotonic() - startMs));
  }
}

/**
 * The cases, or why there are none. A report from before this run says nothing about it; which one that is, its file
 * tells by itself, because a file server has a clock of its own.
 */
async function casesOf(file: string, before: string | undefined): Promise<readonly TestCase[] | Phrase> {
  try {
    if ((await writingOf(file)) === before && before !== undefined) return phrase(texts.older, { file });
    if ((await stat(file)).size > maxReportBytes) return phrase(texts.tooLarge, { file });
    return readMoleculeReport(await readRegularFile(file, 'utf8')) ?? phrase(texts.notReport, { file });
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return phrase(texts.noReport, { file });
    return phrase(texts.unreadable, { why: saidOf(error) });
  }
}

/** A different value for each time that a file was written; undefined when it does not exist. */
async function writingOf(file: string): Promise<string | undefined> {
  return stat(file, { bigint: true }).then(
    ({ ino, size, mtimeNs, ctimeNs }) => [ino, size, mtimeNs, ctimeNs].map(String).join(),
    () => undefined,
  );
}

function findingOf(end: ProcessEnd, program: string): Finding {
  switch (end.kind) {
    case 'exit': {
      const said = phrase(texts.exit, { code: String(end.code) });
      return end.code === 0 ? passed(said) : failed(said, advice.output);
    }
    case 'signal':
      return inError(phrase(texts.signal, { signal: end.name }), advice.output);
    case 'stopped':
      return skipped(phrase(texts.stopped), checkAdviceTexts.again);
    case 'not-started': {
      const isMissing = end.code === 'ENOENT';
      const why = { program, why: end.message };
      return inError(isMissing ? phrase(texts.noProgram, { program }) : phrase(texts.notStarted, why), advice.program);
    }
  }
}

function testOf({ outcome, message, advice: help }: Finding, durationMs: number): TestCase {
  return {
    id: 'molecule',
    title: texts.title,
    hostname: '',
    outcome,
    message: wordsOf(message),
    advice: help,
    durationMs,
  };
}

async function isFolder(folder: string): Promise<boolean> {
  return stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
