import assert from 'node:assert/strict';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { NotOurs } from '@omnia-buildstream/engine/files/fileError';
import { isIdentifier } from '@omnia-buildstream/core/text/identifier';
import { fileName } from '@omnia-buildstream/engine/files/fileName';
import { nodeFiles } from '@omnia-buildstream/engine/files/fileSystem';
import { writeNamed } from '@omnia-buildstream/engine/files/namedFile';
import { OwnFolder } from '@omnia-buildstream/engine/files/ownFolder';
import { StateError } from '@omnia-buildstream/engine/ports/stateError';
import { FileStateStore } from '@omnia-buildstream/engine/state/fileStateStore';
import { systemProcesses } from '@omnia-buildstream/engine/state/processIdentity';
import { AttemptFolder } from '@omnia-buildstream/engine/validate/report/attemptFolder';
import { FilesProvisioner } from '@omnia-buildstream/provision/files/filesProvisioner';
import { fc } from '../../support/properties/fastCheck.ts';
import { bootNode, requestFor } from '../../support/deploy/bootNodes.ts';

interface Places {
  /** A clone that another person made. */
  readonly project: string;
  /** A file of the user next to it, which nothing may change. */
  readonly victim: string;
}

const precious = 'of the user\n';

function places(context: TestContext): Places {
  const home = mkdtempSync(path.join(tmpdir(), 'obs-writer-'));
  context.after(() => {
    rmSync(home, { recursive: true, force: true });
  });
  const project = path.join(home, 'clone');
  mkdirSync(path.join(project, '.buildstream/restart'), { recursive: true });
  const victim = path.join(home, 'bashrc');
  writeFileSync(victim, precious);
  return { project, victim };
}

const record = { type: 'begin', at: 't', run: 'r', jobId: 'j', imageGroup: 'G' } as const;
const noFiles = { jobId: 'j', timestamp: 't', inventory: [], booted: [], failed: [], results: [] };

/** A run from the first read of the state to its end. */
async function runIn(folder: string, within: string, fs = nodeFiles): Promise<void> {
  const store = await FileStateStore.open({ folder, within }, fs, systemProcesses());
  try {
    await store.hold();
    await store.write(noFiles);
    await store.begin(record);
    await store.append({ type: 'end', at: 't' });
  } finally {
    await store.close();
  }
}

const isRefusal = (error: unknown): boolean =>
  error instanceof NotOurs || (error instanceof StateError && error.reason === 'not-ours');

suite('a symbolic link in a clone', () => {
  const stateNames = [
    'restart_journal.ndjson',
    'failed_nodes.json',
    'restart_state.json',
    'node_results.json',
    'restart.lock',
    '.restart_journal.ndjson.tmp',
    '.failed_nodes.json.tmp',
    '.restart_state.json.tmp',
  ];
  for (const name of stateNames) {
    test(`as ${name} leads no write out of the state folder`, async (context) => {
      const { project, victim } = places(context);
      const folder = path.join(project, '.buildstream/restart');
      symlinkSync(victim, path.join(folder, name));
      await runIn(folder, project).catch((error: unknown) => {
        assert.ok(isRefusal(error), String(error));
      });
      assert.equal(readFileSync(victim, 'utf8'), precious);
    });
  }

  for (const name of ['.buildstream', '.buildstream/restart', '.buildstream/validate']) {
    test(`as the folder ${name} is refused by state and reports, and nothing is made where it leads`, async (context) => {
      const { project } = places(context);
      const elsewhere = path.join(path.dirname(project), 'elsewhere');
      mkdirSync(elsewhere);
      rmSync(path.join(project, name), { recursive: true, force: true });
      symlinkSync(elsewhere, path.join(project, name));
      const stage = name === '.buildstream/validate' ? 'validate' : 'restart';
      const folder = path.join(project, '.buildstream', stage);
      await assert.rejects(runIn(folder, project), isRefusal);
      await assert.rejects(AttemptFolder.make(new OwnFolder(folder, nodeFiles, project)), isRefusal);
      assert.deepEqual(readdirSync(elsewhere), []);
    });
  }

  for (const name of ['04-00-00-00-01-01.ipxe', '.04-00-00-00-01-01.ipxe.tmp', 'manifest.json', '.manifest.json.tmp']) {
    test(`as ${name} leads no boot configuration elsewhere`, async (context) => {
      const { project, victim } = places(context);
      const folder = path.join(project, 'boot');
      mkdirSync(folder);
      symlinkSync(victim, path.join(folder, name));
      const provisioner = new FilesProvisioner(new OwnFolder(folder, nodeFiles, project), systemProcesses());
      await provisioner.provision(requestFor(bootNode(1)), new AbortController().signal).catch(() => undefined);
      assert.equal(readFileSync(victim, 'utf8'), precious);
    });
  }

  test('that a person named is followed in their folder, and not out of it', async (context) => {
    const { project, victim } = places(context);
    writeFileSync(path.join(project, 'real'), 'old');
    symlinkSync('real', path.join(project, 'inside'));
    symlinkSync(victim, path.join(project, 'outside'));
    symlinkSync(path.dirname(victim), path.join(project, 'folder'));
    const write = (name: string): Promise<void> =>
      writeNamed(nodeFiles, { file: path.join(project, name), within: project }, { content: 'new' });
    await write('inside');
    assert.equal(readFileSync(path.join(project, 'real'), 'utf8'), 'new');
    assert.ok(lstatSync(path.join(project, 'inside')).isSymbolicLink());
    await assert.rejects(write('outside'), /outside of .*name that file itself/);
    await assert.rejects(write('folder/bashrc'), isRefusal);
    assert.equal(readFileSync(victim, 'utf8'), precious);
  });

  test('above the folder that somebody named is theirs', async (context) => {
    const { project } = places(context);
    const link = path.join(path.dirname(project), 'link');
    symlinkSync(project, link);
    await runIn(path.join(link, '.buildstream/restart'), link);
    await runIn(link, path.join(project, '.buildstream'));
    assert.ok(existsSync(path.join(project, '.buildstream/restart/restart_state.json')));
  });
});

test('a link that somebody puts there just before a file is opened leads no write to where it points', async (context) => {
  const { project, victim } = places(context);
  const folder = path.join(project, '.buildstream/restart');
  let planted = 0;
  for (let turn = 0, isReached = true; isReached; turn++) {
    isReached = false;
    let opened = 0;
    const open = async (...[file, flags, mode]: Parameters<typeof nodeFiles.open>) => {
      const isWriting = flags !== undefined && flags !== 'r' && (typeof flags === 'string' || (flags & 3) !== 0);
      if (isWriting && opened++ === turn) {
        isReached = true;
        planted++;
        rmSync(String(file), { force: true });
        symlinkSync(victim, String(file));
      }
      return nodeFiles.open(file, flags, mode);
    };
    await runIn(folder, project, { ...nodeFiles, open }).catch(() => undefined);
    assert.equal(readFileSync(victim, 'utf8'), precious, `write ${String(turn)}`);
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
  }
  // The lock, Omnia's three files, and the journal when it starts and when it is resumed.
  assert.ok(planted >= 6, String(planted));
});

test('what is read as state is a regular file', { skip: process.platform === 'win32' }, async (context) => {
  const { project } = places(context);
  symlinkSync('/dev/zero', path.join(project, 'zero'));
  mkdirSync(path.join(project, 'folder'));
  const own = new OwnFolder(project, nodeFiles);
  for (const name of ['zero', 'folder']) await assert.rejects(own.read(name));
});

suite('git leaves alone what a run keeps', () => {
  const ignoreFile = '.buildstream/.gitignore';
  const make = (project: string, folder: string): Promise<void> =>
    new OwnFolder(path.join(project, folder), nodeFiles, project).make();

  for (const folder of ['.buildstream/restart', '.buildstream/validate', '.buildstream']) {
    test(`in ${folder}`, async (context) => {
      const { project } = places(context);
      await make(project, folder);
      assert.match(readFileSync(path.join(project, ignoreFile), 'utf8'), /^\*$/m);
    });
  }

  test('unless somebody has said otherwise, and nowhere else', async (context) => {
    const { project } = places(context);
    writeFileSync(path.join(project, ignoreFile), precious);
    await make(project, '.buildstream/restart');
    await make(project, 'boot/files');
    assert.equal(readFileSync(path.join(project, ignoreFile), 'utf8'), precious);
    assert.deepEqual(readdirSync(path.join(project, 'boot')), ['files']);
  });

  test('without following a link, and without a failure where it cannot be written', async (context) => {
    const { project, victim } = places(context);
    symlinkSync(victim, path.join(project, ignoreFile));
    await make(project, '.buildstream/restart');
    assert.equal(readFileSync(victim, 'utf8'), precious);
  });
});

test('no text is the name of a file outside of its folder', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('..', '.', '../x', '-rf')),
      (text) => {
        let name: string;
        try {
          name = fileName(text);
        } catch (error) {
          assert.ok(error instanceof NotOurs);
          return;
        }
        assert.equal(path.dirname(path.join('/a/b', name)), '/a/b');
        assert.ok(!/[\p{Cc}]/u.test(name) && !name.startsWith('-'));
      },
    ),
  );
});

test('an identifier has nothing that a shell acts on', () => {
  for (const text of ['$(id)', '`id`', 'a b', 'a;b', '../a', '', '.', '-a', 'a\n', 'a'.repeat(200)]) {
    assert.ok(!isIdentifier(text), text);
  }
  for (const text of ['018f3c4b-2a8e-7c10-9b1f-0123456789ab', 'job-1', 'a']) assert.ok(isIdentifier(text), text);
});
