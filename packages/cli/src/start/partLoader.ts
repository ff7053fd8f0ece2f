import { Script } from 'node:vm';
import path from 'node:path';
import type * as Zlib from 'node:zlib';
import type { CodeCache } from './codeCache.ts';
import type { Pack } from './pack.ts';
import type { OpenParts, Parts } from './parts.ts';

type Require = (name: string) => unknown;
interface Module {
  exports: unknown;
}
type Define = (module: Module, exports: unknown, require: Require, __dirname: string) => void;

/** Less code than this is compiled sooner than its cache is read. */
const minCachedUnits = 32_768;

/** Loads parts of the command from the file that they are packed in. All that a part needs is compiled as one script. */
export class PartLoader {
  readonly #file: string;
  readonly #pack: Pack;
  readonly #cache: CodeCache | undefined;
  readonly #nodeRequire: Require;
  readonly #folder: string;
  readonly #open: OpenParts;
  readonly #defined = new Map<string, Define>();
  readonly #modules = new Map<string, Module>();
  /** Scripts whose compiled code is not kept yet, by its name. */
  readonly #fresh = new Map<string, Script>();

  constructor(file: string, pack: Pack, cache: CodeCache | undefined, nodeRequire: Require, open: OpenParts) {
    this.#file = file;
    this.#pack = pack;
    this.#cache = cache;
    this.#nodeRequire = nodeRequire;
    this.#folder = path.dirname(file);
    this.#open = open;
  }

  /** What a part exports. */
  load(name: string): unknown {
    return this.#require(name);
  }

  /** Compiled code that is not kept yet, with what has run in it by now. */
  fresh(): Map<string, Uint8Array> {
    return new Map([...this.#fresh].map(([name, script]) => [name, script.createCachedData()]));
  }

  #require(name: string): unknown {
    const known = this.#modules.get(name);
    if (known !== undefined) return known.exports;
    const { parts, merged } = this.#pack;
    if (merged.names.includes(name)) return this.#merged(name);
    if (parts[name] === undefined) return this.#nodeRequire(name);
    if (!this.#defined.has(name)) this.#define(name);
    const module: Module = { exports: {} };
    this.#modules.set(name, module);
    this.#defined.get(name)?.(module, module.exports, (inner) => this.#require(inner), this.#folder);
    return module.exports;
  }

  #merged(name: string): unknown {
    const exported = this.#require(this.#pack.merged.part) as Readonly<Record<string, () => unknown>>;
    const module = { exports: exported[name]?.() };
    this.#modules.set(name, module);
    return module.exports;
  }

  #define(wanted: string): void {
    const names = this.#undefinedParts(wanted, new Set());
    const functions = this.#read(names);
    // Alone it is not copied: memory that is touched first is a third of the time of a quick command.
    const [only, another] = functions;
    const code = only !== undefined && another === undefined ? only : `[${functions.join(',\n')}]`;
    const cache = code.length < minCachedUnits ? undefined : this.#cache;
    const key = cache?.nameOf(wanted, names);
    const cachedData = key === undefined ? undefined : cache?.read(key);
    const script = new Script(code, { filename: `${this.#file}:${wanted}`, ...(cachedData && { cachedData }) });
    if (key !== undefined && (cachedData === undefined || script.cachedDataRejected === true)) {
      this.#fresh.set(key, script);
    }
    const defined = [script.runInThisContext() as Define | Define[]].flat();
    defined.forEach((define, index) => this.#defined.set(names[index] ?? '', define));
  }

  /** A part and all that it needs, directly or not, as far as it is not there yet. */
  #undefinedParts(name: string, found: Set<string>): string[] {
    if (!this.#defined.has(name) && !found.has(name)) {
      found.add(name);
      for (const needed of this.#pack.parts[name]?.imports ?? []) this.#undefinedParts(needed, found);
    }
    return [...found];
  }

  #read(names: readonly string[]): string[] {
    const isApart = (name: string): boolean => this.#pack.parts[name]?.isApart === true;
    const here = names.filter((name) => !isApart(name));
    const found = new Map(this.#readFrom(this.#file, here, ({ size }) => size - this.#pack.size));
    if (here.length < names.length) {
      const file = path.join(this.#folder, this.#pack.apart ?? '');
      for (const [name, code] of this.#readFrom(file, names.filter(isApart), this.#checkKey)) found.set(name, code);
    }
    return names.map((name) => found.get(name) ?? '');
  }

  /** @param baseOf where the parts begin */
  #readFrom(file: string, names: readonly string[], baseOf: (parts: Parts) => number): [string, string][] {
    const open = this.#open(file);
    try {
      const base = baseOf(open);
      return names.map((name) => {
        const { at, length, deflated } = this.#pack.parts[name] ?? { at: 0, length: 0 };
        const text = open.textAt(base + at, length);
        return [name, deflated === true ? this.#inflated(text) : text.replaceAll('\u001f', '\n')];
      });
    } finally {
      open.close();
    }
  }

  readonly #checkKey = ({ textAt }: Parts): number => {
    const { key, apart = '' } = this.#pack;
    if (textAt(0, key.length + 2) === `//${key}`) return 0;
    throw Object.assign(new Error(`${apart} is of another build`), { code: 'ENOENT' });
  };

  #inflated(base64: string): string {
    // Node takes its time to load this, and a quick command does without.
    const { inflateRawSync } = this.#nodeRequire('node:zlib') as typeof Zlib;
    return inflateRawSync(Buffer.from(base64, 'base64')).toString('latin1');
  }
}
