import type { FileSystem } from '@omnia-buildstream/engine/files/fileSystem';

/** Called before each operation. May throw the error with which the operation is to fail. */
export type Disturb = (operation: string, file: string) => void;

/** Files in memory, with the operations that the state needs. Writes take effect immediately. */
export class MemoryFs {
  readonly files = new Map<string, string>();
  disturb: Disturb = () => undefined;
  /** How much of an append (characters) or of a positioned write (bytes) arrives if the process dies in it. */
  tornUnits = 0;

  /** The file system as the engine sees it. Operations of a dead process have no effect and never settle. */
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
    // Only the operations that the state uses, and only the forms in which it uses them.
    return view as unknown as FileSystem;
  }
}

export function fail(code: string): never {
  throw Object.assign(new Error(code), { code });
}
