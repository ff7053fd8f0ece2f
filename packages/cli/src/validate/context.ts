import path from 'node:path';
import { besideKinds, besideNames, type BesideKind } from '@omnia-buildstream/core/context/besideNames';
import type { ValidationContext } from '@omnia-buildstream/core/context/context';
import { withLevels, type ContextProblem } from '@omnia-buildstream/core/context/problem';
import { isOrchestratorPlace } from '@omnia-buildstream/core/mapping/projectFolder';
import type { Level, OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { renderMessage } from '@omnia-buildstream/core/text/message';
import { causeOf, codeOf, cannotRun } from '../cannotRun.ts';
import type { Io } from '../io.ts';
import { decode } from './decode.ts';
import { kindOfInput } from './inputKinds.ts';
import type { ContextOptions, Judged } from './options.ts';

type NamedKind = keyof typeof optionOf;

/** Files that have an option of their own. */
const optionOf = {
  network: '--network-spec',
  software: '--software-config',
  config: '--provision-config',
  catalog: '--catalog',
} as const;

/** Reads the files around mapping files, each once, and collects warnings about them. */
export class ContextLoader {
  /** `path:line:column: warning code: message`. */
  readonly warnings = new Set<string>();
  readonly #options: ContextOptions;
  readonly #io: Io;
  readonly #texts = new Map<string, Promise<string | undefined>>();

  constructor(options: ContextOptions, io: Io) {
    this.#options = options;
    this.#io = io;
  }

  /** The facts for a mapping file. @throws UserError when a file cannot be read or relied on */
  async load(
    mappingFile: string,
    { overrides, share }: Pick<Judged, 'overrides' | 'share'>,
    version: OmniaVersion,
  ): Promise<ValidationContext> {
    const { software, dnsEnabled } = this.#options;
    let context: ValidationContext = {};
    for (const kind of [...besideKinds, 'catalog'] as const) {
      if (kind === 'software' && software !== undefined) continue;
      const found = await this.#find(mappingFile, kind);
      if (found !== undefined) context = { ...context, ...(await this.#read(kind, found, version, overrides)) };
    }
    return {
      ...context,
      ...(software !== undefined && { software }),
      ...(dnsEnabled && { dnsEnabled }),
      ...(share !== undefined && { share }),
    };
  }

  async #read(
    kind: BesideKind,
    { file, text }: Found,
    version: OmniaVersion,
    overrides: ReadonlyMap<string, Level>,
  ): Promise<Partial<ValidationContext>> {
    const { readBeside } = await import('@omnia-buildstream/core/context/besideFiles');
    const { facts = {}, problems: all } = readBeside(kind, text, version, path.basename(file));
    const problems = withLevels(all, overrides);
    const [first] = problems.filter(({ severity }) => severity === 'error');
    if (first !== undefined && kind in optionOf) {
      const option = optionOf[kind as NamedKind];
      const isNamed = this.#given(kind) !== undefined;
      throw cannotRun(
        'file',
        `${line(file, first)}\nRepair the file, or skip the checks that need it: ${isNamed ? `leave ${option} out` : '--context explicit'}.`,
      );
    }
    for (const problem of problems) this.warnings.add(line(file, problem));
    return facts;
  }

  async #find(mappingFile: string, kind: BesideKind): Promise<Found | undefined> {
    const given = this.#given(kind);
    if (given !== undefined) {
      const text = await this.#text(given.file);
      if (text !== undefined) return { file: given.file, text };
      throw cannotRun(
        'file',
        `${given.file} cannot be read: there is no such file. Check the path after ${given.option}.`,
      );
    }
    if (!this.#options.auto || mappingFile === '-' || kind === 'catalog') return undefined;
    const place = path.resolve(this.#io.cwd, mappingFile).replaceAll('\\', '/');
    const isLater = isOrchestratorPlace(place);
    for (const name of isLater ? besideNames[kind].toReversed() : besideNames[kind]) {
      const file = path.join(path.dirname(mappingFile), name);
      const text = await this.#text(file);
      if (text !== undefined) return { file, text };
    }
    return undefined;
  }

  /** A file that an option names. */
  #given(kind: BesideKind): { readonly file: string; readonly option: string } | undefined {
    const { named, inputs } = this.#options;
    const file = kind in optionOf ? named[kind as NamedKind] : undefined;
    if (file !== undefined) return { file, option: optionOf[kind as NamedKind] };
    const input = inputs.find((candidate) => kindOfInput(candidate) === kind);
    return input === undefined ? undefined : { file: input, option: '--input' };
  }

  /** Undefined when there is no such file. */
  #text(file: string): Promise<string | undefined> {
    let text = this.#texts.get(file);
    if (text === undefined) {
      text = this.#readText(file);
      this.#texts.set(file, text);
    }
    return text;
  }

  async #readText(file: string): Promise<string | undefined> {
    try {
      const { text, encoding } = decode(await this.#io.fs.readFile(path.resolve(this.#io.cwd, file)));
      if (encoding.kind === 'utf8') return text;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw cannotRun('file', `${file} cannot be read: ${causeOf(error)}. Check the path.`);
    }
    throw cannotRun('file', `${file} is not UTF-8. Save it as UTF-8.`);
  }
}

interface Found {
  readonly file: string;
  readonly text: string;
}

function line(file: string, { code, severity, message, params, range: { start } }: ContextProblem): string {
  const place = `${file}:${String(start.line + 1)}:${String(start.character + 1)}`;
  return `${place}: ${severity} ${code}: ${renderMessage(message, params)}`;
}
