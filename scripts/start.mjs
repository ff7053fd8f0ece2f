/** `npm start`: the extension with a sample workspace in a real VS Code, in the browser. Everything it makes is temporary. */
import { bootstrap } from './bootstrap.mjs';

await bootstrap();
const { buildPackage } = await import('./package.mjs');
const { sampleDir } = await import('./paths.mjs');
const { startVscodeServer } = await import('./vscodeServer.mjs');

const vsix = await buildPackage();
console.log('Starting VS Code …');
const server = await startVscodeServer({ vsix });
const url = server.url(server.copyWorkspace(sampleDir));
await waitForAnswer(url);

console.log(`
Omnia BuildStreaM for VS Code is ready:

  ${url}

Three things to try:
  1. Open input/pxe_mapping_file.csv: six mistakes are marked. Ctrl+Shift+M lists them with their reasons.
  2. Put the cursor on a mark and press Ctrl+. to repair it.
  3. Click on the BuildStreaM icon at the left: two nodes failed to boot. Right-click one and mark it successful.

The sample, the settings and the server's data are in ${server.dir}
and are deleted at the end; every start is fresh. Ctrl+C stops the server.`);

/** @param {string} address */
async function waitForAnswer(address) {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const answer = await fetch(address).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() > deadline) throw new Error(`No answer from ${address}.\n${server.log().slice(-3000)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
