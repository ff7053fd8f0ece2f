import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, type FileHandle } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import { readHistory, type HistoryRecord } from '@omnia-buildstream/core/history/historyRecord';
import { nodeFiles, type FileSystem } from '@omnia-buildstream/engine/files/fileSystem';
import { OwnFolder } from '@omnia-buildstream/engine/files/ownFolder';
import { HistoryFile } from '@omnia-buildstream/engine/history/historyFile';
import { fc } from '../../support/properties/fastCheck.ts';
import { fail, MemoryFs } from '../../support/engine/memoryFs.ts';

const at = '2026-04-10T16:00:00.000Z';

/** The outcome of one write: this many bytes arrive, then it fails or reports their number. */
interface Write {
  readonly arrive: number;
  readonly fails: boolean;
}

/** This machine's disk, on which the given writes go wrong in turn; later writes succeed. */
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

const folder = '/history';
const record: HistoryRecord = { type: 'reset', at, bmcIp: '10.6.0.1', kind: 'ForceRestart' };
const historyOn = (fs: MemoryFs): HistoryFile => {
  return new HistoryFile(
    new OwnFolder(
      folder,
      fs.view(() => true),
    ),
    '20260410T160000Z-restart-a.ndjson',
  );
};

suite('a history that cannot be written', () => {
  for (const broken of ['mkdir', 'open', 'writeAt']) {
    test(`is tried a few times, however many records there are, and whole when the disk takes it again: ${broken}`, async () => {
      const fs = new MemoryFs();
      const file = historyOn(fs);
      let tries = 0;
      fs.disturb = (operation) => {
        if (operation !== broken) return;
        tries++;
        fail('ENOSPC');
      };
      const count = 5_000;
      for (let n = 0; n < count; n++) {
        file.add(record);
        await new Promise(setImmediate);
      }
      assert.ok(tries > 0 && tries < 20, `${String(tries)} tries`);
      fs.disturb = () => undefined;
      await file.close();
      const [text = ''] = [...fs.files].flatMap(([name, content]) => (name.endsWith('.ndjson') ? [content] : []));
      assert.deepEqual([readHistory(text).length, file.failure], [count, undefined]);
    });
  }

  test('is never the fault of older ones: one that cannot be listed or removed stays', async () => {
    for (const broken of ['readdir', 'unlink']) {
      const fs = new MemoryFs();
      for (let n = 0; n < 502; n++)
        fs.files.set(`${folder}/20200101T${String(n).padStart(6, '0')}Z-restart-x.ndjson`, '');
      fs.disturb = (operation, name) => {
        if (operation === broken && (broken === 'readdir' || name.includes('T000000Z'))) fail('EPERM');
      };
      const file = historyOn(fs);
      file.add(record);
      await file.close();
      assert.equal(file.failure, undefined);
      assert.equal(fs.files.get(`${folder}/20260410T160000Z-restart-a.ndjson`)?.includes('10.6.0.1'), true, broken);
      assert.equal(fs.files.size, broken === 'readdir' ? 503 : 501, 'the others that are too many go');
    }
  });
});

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
