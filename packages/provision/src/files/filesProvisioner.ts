import {
  ProvisionError,
  type BootProvisioner,
  type BootRequest,
  type ProvisionedNode,
} from '@omnia-buildstream/engine/ports/bootProvisioner';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { codeOf } from '@omnia-buildstream/engine/files/fileSystem';
import { releaseLock, takeLock } from '@omnia-buildstream/engine/state/lock';
import type { ProcessTable } from '@omnia-buildstream/engine/state/processIdentity';
import type { OwnFolder } from '@omnia-buildstream/engine/files/ownFolder';
import { stateError } from '@omnia-buildstream/engine/state/stateError';
import { dnsmasqBootFile, dnsmasqBootName, uefiProgramOf } from './dnsmasqBoot.ts';
import { dnsmasqFile, dnsmasqName } from './dnsmasqFile.ts';
import { filesTexts } from './filesTexts.ts';
import { ipxeScript, ownMark, scriptNameOf } from './ipxeScript.ts';
import { manifestName, manifestText, scriptsOf, type OwnScript } from './manifest.ts';
import { checkValues } from './safeValues.ts';

const lockName = '.buildstream.lock';

/**
 * Boot configuration as files in a folder that dnsmasq reads and serves: an iPXE script for each MAC, the hosts and
 * boot programs for dnsmasq, and a manifest. Files that are not ours are never overwritten or removed.
 */
export class FilesProvisioner implements BootProvisioner {
  readonly name: Phrase;
  readonly #folder: OwnFolder;
  readonly #processes: ProcessTable;

  constructor(folder: OwnFolder, processes: ProcessTable) {
    this.name = phrase(filesTexts.name, { folder: folder.path });
    this.#folder = folder;
    this.#processes = processes;
  }

  async outdated(request: BootRequest, signal: AbortSignal): Promise<readonly string[]> {
    signal.throwIfAborted();
    const scripts = await this.#guard(() => this.#outdated(request));
    return scripts.map(({ script, hostname }) => `${script} (${hostname})`);
  }

  async notes({ nodes }: BootRequest, signal: AbortSignal): Promise<readonly Phrase[]> {
    signal.throwIfAborted();
    const there = new Set(await this.#guard(() => this.#names()));
    const missing = new Map<string, number>();
    for (const program of nodes.map(uefiProgramOf)) {
      if (program !== undefined && !there.has(program)) missing.set(program, (missing.get(program) ?? 0) + 1);
    }
    return [...missing].map(([program, count]) => {
      return phrase(filesTexts.noProgram, { folder: this.#folder.path, program, count });
    });
  }

  async provision(request: BootRequest, signal: AbortSignal): Promise<readonly ProvisionedNode[]> {
    signal.throwIfAborted();
    checkValues(request.nodes);
    return this.#guard(async () => {
      await this.#folder.make();
      await takeLock(this.#folder, lockName, this.#processes);
      try {
        await this.#folder.sweep();
        return await this.#write(request, signal);
      } finally {
        await releaseLock(this.#folder, lockName, this.#processes).catch(() => undefined);
      }
    });
  }

  async #write(request: BootRequest, signal: AbortSignal): Promise<readonly ProvisionedNode[]> {
    const outdated = await this.#outdated(request);
    const changes = new Map<string, string>();
    const nodes: ProvisionedNode[] = [];
    for (const node of request.nodes) {
      const [name, text] = [scriptNameOf(node), ipxeScript(node)];
      const before = await this.#ownText(name);
      const change = before === undefined ? 'created' : before === text ? 'unchanged' : 'updated';
      if (change !== 'unchanged') changes.set(name, text);
      nodes.push({ node, change });
    }
    const forDnsmasq = [
      [dnsmasqName, dnsmasqFile(request.nodes)],
      [dnsmasqBootName, dnsmasqBootFile(this.#folder.path)],
    ] as const;
    for (const [name, text] of forDnsmasq) if ((await this.#ownText(name)) !== text) changes.set(name, text);
    const manifest = manifestText(request);
    if ((await this.#folder.read(manifestName)) !== manifest) changes.set(manifestName, manifest);
    signal.throwIfAborted();
    await this.#folder.replace(changes);
    for (const { script } of outdated) await this.#folder.remove(script);
    return nodes;
  }

  /** Names of the files in the folder; empty if the folder does not exist yet. */
  async #names(): Promise<readonly string[]> {
    await this.#folder.check();
    return this.#folder.names().catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    });
  }

  /** Scripts in the last manifest that belong to nodes that are no longer deployed. */
  async #outdated({ nodes }: BootRequest): Promise<readonly OwnScript[]> {
    const text = await this.#folder.read(manifestName);
    if (text === undefined) return [];
    const wanted = new Set(nodes.map(scriptNameOf));
    return scriptsOf(text, this.#folder.fileOf(manifestName)).filter(({ script }) => !wanted.has(script));
  }

  /** The text of one of our files; undefined if it does not exist. @throws ProvisionError if the file is not ours */
  async #ownText(name: string): Promise<string | undefined> {
    const text = await this.#folder.read(name);
    if (text === undefined || text.split('\n', 2)[1] === ownMark) return text;
    throw new ProvisionError('conflict', phrase(filesTexts.notOurs, { file: this.#folder.fileOf(name) }));
  }

  /** Converts file system errors to ProvisionErrors. */
  async #guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof ProvisionError || (error instanceof Error && error.name === 'AbortError')) throw error;
      const { reason, said } = stateError(error, phrase(filesTexts.notWritable, { folder: this.#folder.path }));
      // Nothing here is compared with a plan, so `changed` is reported as `conflict`.
      throw new ProvisionError(reason === 'changed' ? 'conflict' : reason, said, error);
    }
  }
}
