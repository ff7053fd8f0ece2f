import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { oimNotKnown } from '@omnia-buildstream/runner/others/notKnown';

const folder = mkdtempSync(path.join(os.tmpdir(), 'buildstream-acts-'));
process.once('exit', () => {
  rmSync(folder, { recursive: true, force: true });
});
// Where runs of the editor register themselves.
process.env['XDG_STATE_HOME'] = path.join(folder, 'state');

/** Folder in which the history of what a front end sends is kept. */
export const actsFolder = folder;

/** What the editor's commands need besides what a test is about. */
export const editorParts = {
  history: { version: '1.0', log: { warn: () => undefined }, project: () => Promise.resolve(folder) },
};

/** The same of the command line. */
export const cliParts = { env: {}, cwd: folder };

/** Nobody is signed in to the management server. */
export const atOim = oimNotKnown();
