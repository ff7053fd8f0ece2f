import path from 'node:path';
import type { ValidationContext } from '@omnia-buildstream/core/context/context';
import { withLevels, type ContextProblem, type Parsed } from '@omnia-buildstream/core/context/problem';
import type { Level, OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { renderMessage } from '@omnia-buildstream/core/text/message';
import { causeOf, codeOf, cannotRun } from '../cannotRun.ts';
import type { Io } from '../io.ts';
import { decode } from './decode.ts';
import type { ContextOptions } from './options.ts';

type Fact = 'networkSpec' | 'softwareConfig' | 'provisionConfig' | 'catalog';

const optionOf: Readonly<Record<Fact, string>> = {
  networkSpec: '--network-spec',
  softwareConfig: '--software-config',
  provisionConfig: '--provision-config',
  catalog: '--catalog',
};

/** Files that `--context auto` looks for beside a mapping file. */
const besideMapping: Readonly<Record<Exclude<Fact, 'catalog'>, readonly string[]>> = {
  networkSpec: ['network_spec.yml'],
  softwareConfig: ['software_config.json'],
  provisionConfig: ['provision_config.yml', 'orchestrator_config.yml'],
};

/** Reads the files around mapping files, each once, and collects warnings about them. */
export class ContextLoader {
  /** `path:line:column: warning code: message`. */
  readonly warnings = new Set<string>();
  readonly #options: ContextOptions;
  readonly #overrides: ReadonlyMap<string, Level>;
  readonly #io: Io;
  readonly #texts = new Map<string, Promise<string | undefined>>();

  constructor(options: ContextOptions, overrides: ReadonlyMap<string, Level>, io: Io) {
    this.#options = options;
    this.#overrides = overrides;
    this.#io = io;
  }

  /** The facts for a mapping file. @throws UserError when a file cannot be read or relied on */
  async load(mappingFile: string, version: OmniaVersion): Promise<ValidationContext> {
    const options = this.#options;
    const network = await this.#read(mappingFile, 'networkSpec', async (text) =>
      (await import('@omnia-buildstream/core/context/parseNetworkSpec')).parseNetworkSpec(text, version),
    );
    const software =
      options.software ??
      (await this.#read(mappingFile, 'softwareConfig', async (text) =>
        (await import('@omnia-buildstream/core/context/parseSoftwareConfig')).parseSoftwareConfig(text),
      ));
    const provision = await this.#read(mappingFile, 'provisionConfig', async (text) =>
      (await import('@omnia-buildstream/core/context/parseProvisionConfig')).parseProvisionConfig(text),
    );
    const catalog = await this.#read(mappingFile, 'catalog', async (text) =>
      (await import('@omnia-buildstream/core/context/parseCatalog')).parseCatalog(text),
    );
    const dnsEnabled = options.dnsEnabled ? true : provision?.dnsEnabled;
    return {
      ...(network !== undefined && { network }),
      ...(software !== undefined && { software }),
      ...(catalog !== undefined && { catalog }),
      ...(dnsEnabled !== undefined && { dnsEnabled }),
      ...(options.share !== undefined && { share: options.share }),
    };
  }

  async #read<T>(mappingFile: string, fact: Fact, parse: (text: string) => Promise<Parsed<T>>): Promise<T | undefined> {
    const found = await this.#find(mappingFile, fact);
    if (found === undefined) return undefined;
    const { value, problems: all } = await parse(found.text);
    const problems = withLevels(all, this.#overrides);
    const [first] = problems.filter(({ severity }) => severity === 'error');
    if (first !== undefined) {
      const option = optionOf[fact];
      throw cannotRun(
        'file',
        `${line(found.file, first)}\nRepair the file, or leave ${option} out to skip the checks that need it.`,
      );
    }
    for (const problem of problems) this.warnings.add(line(found.file, problem));
    return value;
  }

  async #find(mappingFile: string, fact: Fact): Promise<{ file: string; text: string } | undefined> {
    const given = this.#options[fact];
    if (given !== undefined) {
      const text = await this.#text(given);
      if (text === undefined) {
        throw cannotRun(
          'file',
          `${given} cannot be read: there is no such file. Check the path after ${optionOf[fact]}.`,
        );
      }
      return { file: given, text };
    }
    if (!this.#options.auto || mappingFile === '-' || fact === 'catalog') return undefined;
    for (const name of besideMapping[fact]) {
      const file = path.join(path.dirname(mappingFile), name);
      const text = await this.#text(file);
      if (text !== undefined) return { file, text };
    }
    return undefined;
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

function line(file: string, { code, severity, message, params, range: { start } }: ContextProblem): string {
  const place = `${file}:${String(start.line + 1)}:${String(start.character + 1)}`;
  return `${place}: ${severity} ${code}: ${renderMessage(message, params)}`;
}
