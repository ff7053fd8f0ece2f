import { Script } from 'node:vm';
import path from 'node:path';
import { UserError } from '@omnia-buildstream/core/errors/userError';
import type * as Zlib from 'node:zlib';
import type { CodeCache } from './codeCache.ts';
import type { Index, Pack } from './pack.ts';
import type { OpenParts, Parts } from './parts.ts';

type Require = (name: string) => unknown;
interface Module {
  exports: unknown;
}
type Define = (module: Module, exports: unknown, require: Require, __dirname: string) => void;

/** A part made of many: a function for each name, which returns what that part would export. */
type Quick = Readonly<Record<string, () => unknown>>;

/** Compiling less code than this is faster than reading its cache. */
const minCachedUnits = 32_768;

/** Loads parts of the command. All that a part needs is compiled as one script. */
export class PartLoader {
  readonly #file: string;
  readonly #quickText: string;
  readonly #pack: Pack;
  readonly #cache: CodeCache | undefined;
  readonly #nodeRequire: Require;
  readonly #folder: string;
  readonly #open: OpenParts;
  readonly #defined = new Map<string, Define>();
  readonly #modules = new Map<string, Module>();
  #index: Index | undefined;
  #quick: Quick | undefined;
  /** Scripts whose compiled code is not kept yet, by its name. */
  readonly #fresh = new Map<string, Script>();

  /** @param texts the quick part, and where the others are */
  constructor(
    file: string,
    { quick, pack }: { readonly quick: string; readonly pack: Pack },
    cache: CodeCache | undefined,
    nodeRequire: Require,
    open: OpenParts,
  ) {
    this.#file = file;
    this.#quickText = quick;
    this.#pack = pack;
    this.#cache = cache;
    this.#nodeRequire = nodeRequire;
    this.#folder = path.dirname(file);
    this.#open = open;
  }

  /** What a part exports. @throws UserError when it is in a file that is missing, or of another build */
  load(name: string): unknown {
    return this.#require(name);
  }

  /** Compiled code that is not kept yet, including what has run by now. */
  fresh(): Map<string, Uint8Array> {
    return new Map([...this.#fresh].map(([name, script]) => [name, script.createCachedData()]));
  }

  #require(name: string): unknown {
    const known = this.#modules.get(name);
    if (known !== undefined) return known.exports;
    if (!name.startsWith('./') && !name.startsWith('#')) return this.#nodeRequire(name);
    const module: Module = { exports: {} };
    const quick = (this.#quick ??= this.#runQuick())[name];
    if (quick !== undefined) {
      module.exports = quick();
      this.#modules.set(name, module);
      return module.exports;
    }
    if (!this.#defined.has(name)) this.#define(name);
    this.#modules.set(name, module);
    this.#run(this.#defined.get(name), module);
    return module.exports;
  }

  #run(define: Define | undefined, module: Module): void {
    define?.(module, module.exports, (inner) => this.#require(inner), this.#folder);
  }

  #runQuick(): Quick {
    const module: Module = { exports: {} };
    this.#run(this.#compile(this.#quickText, 'quick', []) as Define, module);
    return module.exports as Quick;
  }

  #define(wanted: string): void {
    const index = (this.#index ??= this.#readIndex());
    const names = this.#undefinedParts(wanted, index, new Set());
    const defined = this.#compile(`[${this.#read(names, index).join(',\n')}]`, wanted, names) as Define[];
    defined.forEach((define, index) => this.#defined.set(names[index] ?? '', define));
  }

  #compile(code: string, wanted: string, names: readonly string[]): unknown {
    const cache = code.length < minCachedUnits ? undefined : this.#cache;
    const key = cache?.nameOf(wanted, names);
    const cachedData = key === undefined ? undefined : cache?.read(key);
    const script = new Script(code, { filename: `${this.#file}:${wanted}`, ...(cachedData && { cachedData }) });
    if (key !== undefined && (cachedData === undefined || script.cachedDataRejected === true)) {
      this.#fresh.set(key, script);
    }
    return script.runInThisContext();
  }

  /** A part and everything it needs, directly or not, except what is loaded already. */
  #undefinedParts(name: string, index: Index, found: Set<string>): string[] {
    if (!this.#defined.has(name) && !found.has(name)) {
      found.add(name);
      for (const needed of index[name]?.imports ?? []) this.#undefinedParts(needed, index, found);
    }
    return [...found];
  }

  #readIndex(): Index {
    const { size, index } = this.#pack;
    return this.#opened((open) => JSON.parse(open.textAt(open.size - size, index).slice('//'.length)) as Index);
  }

  #read(names: readonly string[], parts: Index): string[] {
    const { size, index } = this.#pack;
    return this.#opened((open) => {
      const base = open.size - size + index;
      return names.map((name) => {
        const { at, length, deflated } = parts[name] ?? { at: 0, length: 0 };
        const text = open.textAt(base + at, length);
        return deflated === true ? this.#inflated(text) : text.replaceAll('\u001f', '\n');
      });
    });
  }

  #opened<T>(read: (open: Parts) => T): T {
    const { apart } = this.#pack;
    const open = apart === undefined ? this.#open(this.#file) : this.#openApart(apart);
    try {
      return read(open);
    } finally {
      open.close();
    }
  }

  #openApart(name: string): Parts {
    const isThere = (open: Parts): boolean => open.textAt(0, this.#pack.key.length + 2) === `//${this.#pack.key}`;
    try {
      const open = this.#open(path.join(this.#folder, name));
      if (isThere(open)) return open;
      open.close();
    } catch {
      // Whatever prevents it from being read is reported below.
    }
    const program = path.basename(this.#file);
    const message = `This needs the file ${name} of the same build beside ${program}. Copy it there.`;
    throw new UserError({ kind: 'file', message });
  }

  #inflated(base64: string): string {
    // Loading this takes Node time, and a quick command does not need it.
    const { inflateRawSync } = this.#nodeRequire('node:zlib') as typeof Zlib;
    return inflateRawSync(Buffer.from(base64, 'base64')).toString('latin1');
  }
}
