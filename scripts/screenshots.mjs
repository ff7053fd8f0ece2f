/**
 * `npm run screenshots`: renders the scenes of test/ui/screenshots.ts, and the pictures of the tour on a lab, into
 * docs/images/. `npm run screenshots -- themes` renders the views and panels in the other themes into test-results/,
 * for visual inspection.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { bootstrap, installVscodeServerDependencies } from './bootstrap.mjs';

await bootstrap();
await installVscodeServerDependencies();
const { launchBrowser } = await import('./browser.mjs');
const { ensureChromium } = await import('./chromium.mjs');
const { buildPackage } = await import('./package.mjs');
const { resultsDir, root, sampleDir } = await import('./paths.mjs');
const { labSettings, startLabWorkspace } = await import('./labWorkspace.mjs');
const { temporaryFolder } = await import('./lifetime.mjs');
const { startVscodeServer } = await import('./vscodeServer.mjs');
const { takeRecoveryPictures } = await import('../test/ui/recoveryPictures.ts');
const { scenes } = await import('../test/ui/screenshots.ts');
const { openFolder, openWorkbench } = await import('../test/ui/workbench.ts');

const imagesDir = path.join(root, 'docs/images');
for (const folder of [imagesDir, resultsDir]) mkdirSync(folder, { recursive: true });
await ensureChromium();
const vsix = await buildPackage();
const server = await startVscodeServer({ vsix, workspaceTrust: false });
const browser = await launchBrowser(server.dir);
// `npm run screenshots -- plan` renders only the named scenes; `tour` means the pictures of the tour.
const wanted = process.argv.slice(2);
/** @param {import('../test/ui/screenshots.ts').Scene} scene */
const isWanted = ({ name, isOnlyLookedAt }) =>
  wanted.includes(name) || (isOnlyLookedAt ? wanted.includes('themes') : wanted.length === 0);
for (const scene of scenes.filter(isWanted)) {
  const workbench = await openWorkbench(server, browser, sampleDir, scene.settings, (folder) => {
    scene.prepare?.(folder);
    if (scene.isCommitted) commitAll(folder);
  });
  /** @type {(() => Promise<void>)[]} */
  const ends = [];
  await scene.run(workbench, (end) => ends.push(end));
  const file = path.join(scene.isOnlyLookedAt ? resultsDir : imagesDir, `${scene.name}.png`);
  await workbench.page.screenshot({ path: file, clip: { x: 0, y: 0, ...scene.size } });
  await workbench.page.close();
  for (const end of ends) await end();
  console.log(file);
}
await browser.close();
server.stop();
if (wanted.length === 0 || wanted.includes('tour')) await takeTour();

/** @param {string} cwd */
function commitAll(cwd) {
  const person = ['-c', 'user.name=Sample', '-c', 'user.email=sample@example.com'];
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
    [...person, 'commit', '-q', '-m', 'Sample'],
  ]) {
    execFileSync('git', args, { cwd });
  }
}

async function takeTour() {
  const { dir } = temporaryFolder();
  const lab = await startLabWorkspace(dir);
  const labServer = await startVscodeServer({ vsix, env: lab.env, settings: labSettings, workspaceTrust: false });
  const labBrowser = await launchBrowser(labServer.dir);
  const workbench = await openFolder(labServer, labBrowser, lab.workspace);
  await takeRecoveryPictures(workbench, async ({ name, size }) => {
    const file = path.join(imagesDir, `${name}.png`);
    await workbench.page.screenshot({ path: file, clip: { x: 0, y: 0, ...size } });
    console.log(file);
  });
  await labBrowser.close();
  labServer.stop();
  lab.end();
}
