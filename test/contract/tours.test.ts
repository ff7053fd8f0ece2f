import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { projectReadme } from '@omnia-buildstream/lab/cluster/readme';
import { root } from '../../scripts/paths.mjs';

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const texts = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;

const [, readme = ''] = /\*\*1\. Deploy\.\*\*([^]*?)\*\*5\. Green\./.exec(read('README.md')) ?? [];
const lab = projectReadme({ nodes: 60, spare: 3, afterPassed: 'refused', omnia: '2.2', mappingFile: 'input/m.csv' });
const { contributes } = JSON.parse(read('package.json')) as {
  readonly contributes: { readonly walkthroughs: readonly { id: string; steps: readonly { description: string }[] }[] };
};
const titles = new Set(Object.entries(texts).flatMap(([key, text]) => (key.startsWith('command.') ? [text] : [])));
const steps = contributes.walkthroughs.find(({ id }) => id === 'recovery')?.steps ?? [];
const walkthrough = steps.map(({ description }) => texts[description.slice(1, -1)] ?? '').join('\n');

/** The commands of every tour, in order. */
const done = ['Deploy Through GitLab…', 'Repair Lab Node…', 'Boot Lab Node by Hand…', 'Mark Booted and Retry…'];

suite('the three tours tell the same', () => {
  for (const [name, tour] of Object.entries({ 'README.md': readme, "the lab's README.md": lab, walkthrough })) {
    test(name, () => {
      const found = [...tour.matchAll(new RegExp(done.join('|'), 'g'))].map(([command]) => command);
      assert.deepEqual(found, done);
      for (const said of [
        /Start a Pipeline to List Images.*touches no node/,
        /One question/,
        /three nodes (will )?fail/i,
      ]) {
        assert.match(tour, said);
      }
      // The first of the broken nodes is the one that can be repaired.
      assert.match(tour, /the (one|node) whose iDRAC is not ready/);
      assert.match(tour, /other two/);
    });
  }
});

suite('commands that are quoted', () => {
  for (const file of globSync('{scripts/*.mjs,packages/cli/src/**/*.ts,docs/*.md,README.md}', { cwd: root })) {
    const quoted = [...read(file).matchAll(/(?<=BuildStreaM: )\p{Lu}[^"*\n]*?(?=["*])/gu)].map(([title]) => title);
    if (quoted.length === 0) continue;
    test(`${file} names those of today`, () => {
      for (const title of quoted) assert.ok(titles.has(title), title);
    });
  }
});
