import type { FileSystem } from '@omnia-buildstream/engine/files/fileSystem';

/** Called before each operation; may throw what the operation shall fail with, or a number of units to write first. */
export type Disturb = (operation: string, file: string) => void;

/** Files in memory, with the operations that the state needs. What is written is there at once. */
export class MemoryFs {
  readonly files = new Map<string, string>();
  disturb: Disturb = () => undefined;
  /** Of a text that is appended when the process dies, so much arrives. */
  tornUnits = 0;

  /** As the engine sees it; operations of a process that is dead have no effect and never end. */
  view(isAlive: () => boolean): FileSystem {
    const act = <T>(operation: string, file: string, work: () => T): Promise<T> => {
      if (!isAlive()) return new Promise(() => undefined);
      try {
        this.disturb(operation, file);
        if (!isAlive()) {
          if (operation === 'append' || operation === 'writeAt') work();
          return new Promise(() => undefined);
        }
        return Promise.resolve(work());
      } catch (error) {
        return Promise.reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const { files } = this;
    const stats = { isFile: () => true, isDirectory: () => false, isSymbolicLink: () => false };
    const view = {
      mkdir: (folder: string) => act('mkdir', folder, () => undefined),
      realpath: (file: string) => act('realpath', file, () => file),
      readdir: (folder: string) =>
        act('readdir', folder, () => {
          const inside = [...files.keys()].filter((file) => file.startsWith(`${folder}/`));
          return inside.map((file) => file.slice(folder.length + 1));
        }),
      lstat: (file: string) => act('lstat', file, () => ({ ...stats, size: files.get(file)?.length ?? 0 })),
      unlink: (file: string) =>
        act('unlink', file, () => {
          if (!files.delete(file)) fail('ENOENT');
        }),
      link: (from: string, to: string) =>
        act('link', to, () => {
          if (files.has(to)) fail('EEXIST');
          files.set(to, files.get(from) ?? fail('ENOENT'));
        }),
      rename: (from: string, to: string) =>
        act('rename', to, () => {
          files.set(to, files.get(from) ?? fail('ENOENT'));
          files.delete(from);
        }),
      open: (file: string, flags: string | number) =>
        act('open', file, () => {
          if (flags === 'wx') {
            if (files.has(file)) fail('EEXIST');
            files.set(file, '');
          } else if (flags !== 'r' && !files.has(file)) fail('ENOENT');
          const add = (text: string): void => {
            const part = isAlive() ? text : text.slice(0, this.tornUnits);
            files.set(file, (files.get(file) ?? '') + part);
          };
          return {
            readFile: () => act('read', file, () => files.get(file) ?? ''),
            stat: () => act('stat', file, () => ({ ...stats, size: files.get(file)?.length ?? 0 })),
            writeFile: (text: string) =>
              act('write', file, () => {
                add(text);
              }),
            write: (bytes: Uint8Array, offset: number, length: number, position: number) =>
              act('writeAt', file, () => {
                const before = Buffer.from(files.get(file) ?? '');
                const part = bytes.subarray(offset, offset + (isAlive() ? length : this.tornUnits));
                const after = before.subarray(position + part.length);
                files.set(file, Buffer.concat([before.subarray(0, position), part, after]).toString());
                return { bytesWritten: part.length };
              }),
            appendFile: (text: string) =>
              act('append', file, () => {
                add(text);
              }),
            sync: () => act('sync', file, () => undefined),
            close: () => act('close', file, () => undefined),
          };
        }),
    };
    // Only the operations that the state uses, and of their many forms only those it uses.
    return view as unknown as FileSystem;
  }
}

export function fail(code: string): never {
  throw Object.assign(new Error(code), { code });
}
