import {
  ProvisionError,
  type BootProvisioner,
  type BootRequest,
  type ProvisionedNode,
} from '@omnia-buildstream/engine/ports/bootProvisioner';
import { StateError } from '@omnia-buildstream/engine/ports/stateStore';
import { releaseLock, takeLock } from '@omnia-buildstream/engine/state/lock';
import type { ProcessTable } from '@omnia-buildstream/engine/state/processIdentity';
import { codeOf, readIfThere, stateError, type StateFs } from '@omnia-buildstream/engine/state/stateFs';
import { dnsmasqFile, dnsmasqName } from './dnsmasqFile.ts';
import { ipxeScript, ownMark, scriptNameOf } from './ipxeScript.ts';
import { manifestName, manifestText, scriptsOf, type OwnScript } from './manifest.ts';
import { replaceAll, type FileText } from './replaceAll.ts';
import { checkValues } from './safeValues.ts';

const lockName = '.buildstream.lock';

/**
 * Boot configuration as files in a folder that an HTTP or TFTP server and dnsmasq read: an iPXE script for each MAC, the
 * hosts for dnsmasq, and a manifest of both. A file that is not ours is never overwritten or removed.
 */
export class FilesProvisioner implements BootProvisioner {
  readonly name: string;
  readonly #folder: string;
  readonly #fs: StateFs;
  readonly #processes: ProcessTable;

  constructor(folder: string, fs: StateFs, processes: ProcessTable) {
    this.name = `Files in ${folder}`;
    this.#folder = folder;
    this.#fs = fs;
    this.#processes = processes;
  }

  async outdated(request: BootRequest, signal: AbortSignal): Promise<readonly string[]> {
    signal.throwIfAborted();
    const scripts = await this.#guard(() => this.#outdated(request));
    return scripts.map(({ script, hostname }) => `${script} (${hostname})`);
  }

  async provision(request: BootRequest, signal: AbortSignal): Promise<readonly ProvisionedNode[]> {
    signal.throwIfAborted();
    checkValues(request.nodes);
    return this.#guard(async () => {
      await this.#fs.mkdir(this.#folder, { recursive: true });
      const lock = `${this.#folder}/${lockName}`;
      await takeLock(this.#fs, lock, this.#processes);
      try {
        return await this.#write(request, signal);
      } finally {
        await releaseLock(this.#fs, lock, this.#processes).catch(() => undefined);
      }
    });
  }

  async #write(request: BootRequest, signal: AbortSignal): Promise<readonly ProvisionedNode[]> {
    const outdated = await this.#outdated(request);
    const changes: FileText[] = [];
    const nodes: ProvisionedNode[] = [];
    for (const node of request.nodes) {
      const file = { name: scriptNameOf(node), text: ipxeScript(node) };
      const before = await this.#ownText(file.name);
      const change = before === undefined ? 'created' : before === file.text ? 'unchanged' : 'updated';
      if (change !== 'unchanged') changes.push(file);
      nodes.push({ node, change });
    }
    const hosts = { name: dnsmasqName, text: dnsmasqFile(request.nodes) };
    if ((await this.#ownText(hosts.name)) !== hosts.text) changes.push(hosts);
    const manifest = { name: manifestName, text: manifestText(request) };
    if ((await this.#read(manifest.name)) !== manifest.text) changes.push(manifest);
    signal.throwIfAborted();
    await replaceAll(this.#fs, this.#folder, changes);
    for (const { script } of outdated) await this.#remove(script);
    return nodes;
  }

  /** Scripts that the last manifest names, of nodes that are not to be deployed any more. */
  async #outdated({ nodes }: BootRequest): Promise<readonly OwnScript[]> {
    const text = await this.#read(manifestName);
    if (text === undefined) return [];
    const wanted = new Set(nodes.map(scriptNameOf));
    return scriptsOf(text, `${this.#folder}/${manifestName}`).filter(({ script }) => !wanted.has(script));
  }

  /** The text of a file of ours; undefined when there is none. */
  async #ownText(name: string): Promise<string | undefined> {
    const text = await this.#read(name);
    if (text === undefined || text.split('\n', 2)[1] === ownMark) return text;
    const file = `${this.#folder}/${name}`;
    throw new ProvisionError('conflict', `${file} was not made by this command, so it is not overwritten`);
  }

  async #read(name: string): Promise<string | undefined> {
    return readIfThere(this.#fs, `${this.#folder}/${name}`);
  }

  async #remove(script: string): Promise<void> {
    await this.#fs.unlink(`${this.#folder}/${script}`).catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error;
    });
  }

  /** Turns what the file system throws into a ProvisionError. */
  async #guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof ProvisionError || (error instanceof Error && error.name === 'AbortError')) throw error;
      const { reason, message } =
        error instanceof StateError ? error : stateError(error, `${this.#folder} cannot be written`);
      throw new ProvisionError(reason, message, error);
    }
  }
}
