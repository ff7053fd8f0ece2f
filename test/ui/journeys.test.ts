import { globSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { root } from '../../scripts/paths.mjs';
import { inWindow, startEditors, type Editors } from './editors.ts';
import type { Journey } from './journey.ts';
import { recovery } from './recoveryJourney.ts';
import { openWorkbench } from './workbench.ts';

/** Longer than any step of a journey may take, so that the step can report what it waited for. */
const limit = { timeout: 900_000 };
/** Number of windows open at the same time: one works while the other waits. */
const windows = 2;

const journeys = await Promise.all(
  globSync('journeys/*.ts', { cwd: import.meta.dirname })
    .sort()
    .map(async (file) => {
      const { journey } = (await import(`./${file}`)) as { journey: Journey };
      return { name: path.basename(file, '.ts'), journey };
    }),
);

describe('journeys', { concurrency: windows }, () => {
  let editors: Editors;
  before(async () => {
    editors = await startEditors();
  });
  after(async () => {
    await editors.end();
  });

  // The longest journey comes first.
  test('an operator commits a new node, deploys, sees three nodes fail, recovers them and gets to green', limit, () =>
    recovery(editors),
  );

  for (const { name, journey } of journeys) {
    test(journey.name, limit, () => {
      const { plain, browser } = editors;
      const opening = openWorkbench(plain, browser, path.join(root, journey.workspace), undefined, journey.prepare);
      return inWindow(name, opening, (workbench) => journey.run(workbench));
    });
  }
});
