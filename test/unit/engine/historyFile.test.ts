import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, type FileHandle } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import { readHistory } from '@omnia-buildstream/core/history/historyRecord';
import { nodeFiles, type FileSystem } from '@omnia-buildstream/engine/files/fileSystem';
import { OwnFolder } from '@omnia-buildstream/engine/files/ownFolder';
import { HistoryFile } from '@omnia-buildstream/engine/history/historyFile';
import fc from 'fast-check';

const at = '2026-04-10T16:00:00.000Z';

/** What becomes of one write: so many bytes arrive, then it fails or tells how many they were. */
interface Write {
  readonly arrive: number;
  readonly fails: boolean;
}

/** The disk of this machine, on which the writes fail in turn; those after the last succeed. */
function failing(writes: readonly Write[]): FileSystem {
  let count = 0;
  const open: FileSystem['open'] = async (...args) => {
    const handle = await nodeFiles.open(...args);
    const write = handle.write.bind(handle);
    const torn = async (...[bytes, offset, length, position]: readonly [Uint8Array, number, number, number]) => {
      const { arrive, fails } = writes[count++] ?? { arrive: length, fails: false };
      if (arrive > 0) await write(bytes, offset, Math.min(arrive, length), position);
      if (fails) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
      return { bytesWritten: Math.min(Math.max(arrive, 1), length), buffer: bytes };
    };
    return Object.assign(handle, { write: torn as FileHandle['write'] });
  };
  return { ...nodeFiles, open };
}

suite('the file of a history', () => {
  test('whichever write fails where, each record is in it at most once, and in order', async () => {
    const root = await mkdtemp(path.join(os.tmpdir(), 'history-'));
    const write = fc.record({ arrive: fc.integer({ min: 1, max: 300 }), fails: fc.boolean() });
    const rounds = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 8 });
    let runs = 0;
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(write, { maxLength: 12 }), rounds, async (writes, added) => {
          const folder = path.join(root, String(++runs));
          const file = new HistoryFile(new OwnFolder(folder, failing(writes)), 'run.ndjson');
          const text = async (): Promise<string> => {
            const names = await readdir(folder).catch(() => []);
            return names.length === 0 ? '' : readFile(path.join(folder, 'run.ndjson'), 'utf8');
          };
          const all: string[] = [];
          const told = async (): Promise<string[]> => {
            return readHistory(await text()).map((record) => (record.type === 'reset' ? record.bmcIp : record.type));
          };
          for (const count of added) {
            for (let n = 0; n < count; n++) {
              all.push(`${String(all.length)} Knötchen`);
              file.add({ type: 'reset', at, bmcIp: all.at(-1) ?? '', kind: 'ForceRestart' });
            }
            const now = await told();
            assert.deepEqual(now, all.slice(0, now.length));
          }
          await file.close();
          const end = await told();
          assert.deepEqual(end, all.slice(0, end.length), 'in order, none twice');
          if (file.failure === undefined) assert.equal(end.length, all.length, 'and all of them unless it is said');
        }),
        { numRuns: 60 },
      );
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });
});
