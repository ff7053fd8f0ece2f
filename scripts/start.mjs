/**
 * `npm start`: runs the extension in a real VS Code in the browser, connected to a running lab: a cluster with BMCs,
 * GitLab and the BuildStreaM API on loopback. Everything that it creates is temporary.
 */
import { bootstrap, installVscodeServerDependencies } from './bootstrap.mjs';

await bootstrap();
await installVscodeServerDependencies();
const { temporaryFolder } = await import('./lifetime.mjs');
const { labSettings, startLabWorkspace } = await import('./labWorkspace.mjs');
const { buildPackage } = await import('./package.mjs');
const { startVscodeServer } = await import('./vscodeServer.mjs');

const vsix = await buildPackage();
console.log('Starting the lab: 60 nodes, three of them broken …');
const { dir } = temporaryFolder();
const { workspace, env, connection } = await startLabWorkspace(dir);
console.log('Starting VS Code …');
// Starts with the tour in the project's README.
const settings = { ...labSettings, 'workbench.startupEditor': 'readme' };
const server = await startVscodeServer({ vsix, env, settings });
const url = server.url(workspace);
await waitForAnswer(url);

console.log(`
Omnia BuildStreaM for VS Code is ready:

  ${url}

The address is yours alone: its token lets whoever has it use this VS Code as you.
VS Code first asks whether you trust the authors of the folder: say yes, or no stage and no pipeline can run in it.
You are signed in to a GitLab of the lab (${connection.gitlab.url}). In five minutes:
  1. Press F1, run "BuildStreaM: Deploy Through GitLab…", select an image and confirm. Three nodes fail.
  2. "Pull and Show Nodes" brings the failed nodes into the side bar, with cause and advice.
  3. Run "BuildStreaM: Repair Lab Node…" for one, "BuildStreaM: Boot Lab Node by Hand…" for the others,
     then "BuildStreaM: Mark Booted and Retry…". The pipeline goes on to green.
README.md in the editor has more: mistakes to practise on, nodes to add, stages without GitLab.

The workspace and everything the lab keeps are in ${dir}
and are deleted at the end; every start is fresh. Ctrl+C stops the server and the lab.`);

/** @param {string} address */
async function waitForAnswer(address) {
  const deadline = Date.now() + 300_000; // only a hang reaches this limit
  for (;;) {
    // The first response sets a cookie for the token and redirects the browser.
    const answer = await fetch(address, { redirect: 'manual' }).catch(() => undefined);
    if (answer !== undefined && answer.status < 400) return;
    if (Date.now() > deadline) throw new Error(`No answer from ${address}.\n${server.log().slice(-3000)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
