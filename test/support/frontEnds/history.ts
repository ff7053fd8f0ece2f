import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { oimNotKnown } from '@omnia-buildstream/runner/others/notKnown';

const folder = mkdtempSync(path.join(os.tmpdir(), 'buildstream-acts-'));
process.once('exit', () => {
  rmSync(folder, { recursive: true, force: true });
});
// Runs of the editor are registered here.
process.env['XDG_STATE_HOME'] = path.join(folder, 'state');

/** Folder for the history of what a front end sends. */
export const actsFolder = folder;

/** What the editor's commands need apart from the subject of a test. */
export const editorParts = {
  history: { version: '1.0', log: { warn: () => undefined }, project: () => Promise.resolve(folder) },
};

/** The same for the command line. */
export const cliParts = { env: {}, cwd: folder };

/** No one is signed in to the management server. */
export const atOim = oimNotKnown();
