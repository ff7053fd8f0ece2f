import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deploymentText, type Deployment, type DeploymentWords } from '@omnia-buildstream/client/oim/deploymentText';
import { hover } from '@omnia-buildstream/core/language/hover';
import { planDocument } from '@omnia-buildstream/core/plan/planDocument';
import type { Plan } from '@omnia-buildstream/core/plan/plan';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import {
  blocks,
  bullets,
  code,
  icon,
  joined,
  link,
  md,
  sayMarkdown,
  table,
} from '@omnia-buildstream/core/text/markdown';
import { renderMessage } from '@omnia-buildstream/core/text/message';
import { fc } from '../../support/properties/fastCheck.ts';
import MarkdownIt, { type Token } from 'markdown-it';
import { hostileText } from '../../support/hostileText.ts';
import { modelAt } from '../../support/modelAt.ts';

/** Renders like VS Code's preview: with HTML, and with bare addresses as links. */
const renderer = new MarkdownIt({ html: true, linkify: true });
renderer.linkify.set({ fuzzyLink: false });

const ownUrl = 'https://own.example/docs/rules/bad-mac.md';

function tokensOf(markdown: string): Token[] {
  return renderer.parse(markdown, {}).flatMap((token) => [token, ...(token.children ?? [])]);
}

function linksOf(markdown: string): (string | null)[] {
  return tokensOf(markdown).flatMap((token) => (token.type === 'link_open' ? [token.attrGet('href')] : []));
}

/** Asserts that it contains only words, code and our own markup. */
function assertHarmless(markdown: string): void {
  for (const { type } of tokensOf(markdown)) {
    assert.ok(!['html_block', 'html_inline', 'image', 'fence', 'code_block'].includes(type), `${type} in ${markdown}`);
  }
  const html = renderer.render(markdown);
  const elements = new Set([...html.matchAll(/<([a-z0-9]+)/g)].map(([, name]) => name));
  for (const name of elements) assert.ok(ownElements.has(name ?? ''), `<${String(name)}> in ${html}`);
}

const ownElements = new Set('h1 h2 p strong em code ul li blockquote table thead tbody tr th td a br hr'.split(' '));
const runs = { numRuns: 500 };

test('whatever the texts of others are, a document has no HTML, no picture and no link besides ours', () => {
  fc.assert(
    fc.property(hostileText, hostileText, (one, other) => {
      const document = blocks([
        md`# ${one}`,
        md`**${one}** — ${other}`,
        md`> ${other}`,
        one,
        md`*${one}* ${code(other)}`,
        bullets([one, md`${one}: ${code(other)}`, joined([one, other], ', ')]),
        sayMarkdown(renderMessage, 'Omnia: {message} ({other})', { message: one, other: code(other) }),
        table(
          [one, 'b'],
          [
            [one, other],
            [code(one), code(other)],
          ],
        ),
        md`- ${other} ${link(one, ownUrl)}`,
      ]);
      assertHarmless(String(document));
      assert.ok(linksOf(String(document)).every((url) => url === ownUrl));
    }),
    runs,
  );
});

test('words stay words: what is shown is the text, on one line', () => {
  const shown = (markdown: string): string =>
    tokensOf(markdown)
      .filter(({ type }) => type === 'text' || type === 'code_inline' || type === 'text_special')
      .map(({ content }) => content)
      .join('');
  fc.assert(
    fc.property(hostileText, (text) => {
      const bare = (line: string): string => line.replace(/\s+/g, '').replaceAll('\ud800', '');
      assert.equal(bare(shown(String(md`${text}`))), bare(plainLine(text)));
      assert.equal(bare(shown(String(code(text)))), bare(plainLine(text)));
    }),
    runs,
  );
});

test('a table has the cells that it was given, and an icon is a name', () => {
  fc.assert(
    fc.property(hostileText, hostileText, (one, other) => {
      const markdown = String(
        table(
          ['a', 'b'],
          [
            [one, other],
            [code(one), code(other)],
          ],
        ),
      );
      assert.equal(tokensOf(markdown).filter(({ type }) => type === 'td_open').length, 4);
      assert.match(String(icon(one)), /^\$\([\w~-]*\)$/);
    }),
    runs,
  );
});

/** Each label's text is its key. */
const words = new Proxy({}, { get: (_, name) => String(name) }) as DeploymentWords;

function planWith(one: string, other: string): Plan {
  const target = { hostname: one, functionalGroup: other, groupName: one, bmcIp: other, serviceTag: one, line: 1 };
  const entry = { bmcIp: other, hostname: one, status: 'failed', message: one };
  return {
    stage: 'restart',
    imageGroup: one,
    version: '2.2',
    nodes: [
      { action: 'boot', reason: 'failed', target, entry, bootedAt: undefined },
      { action: 'leave', reason: 'booted', target, entry: undefined, bootedAt: undefined },
    ],
    booted: [],
    notices: [{ kind: 'unknown-status', bmcIp: other, status: one }],
  } as unknown as Plan;
}

test('the plan, the deployment and a hover are harmless with any texts in the files and answers', () => {
  fc.assert(
    fc.property(hostileText, hostileText, (one, other) => {
      const plan = String(planDocument(planWith(one, other), 'assumed', renderMessage));
      const group = { id: one, status: other, jobId: one, images: [{ role: one, name: other }] };
      const stage = { name: one, state: other, errorCode: one, errorSummary: other, logFile: other };
      const job = { id: one, state: other, stages: [stage] };
      const deployment = { api: one, health: other, at: 0, groups: [group], shown: { group, job } };
      for (const text of [plan, deploymentText(deployment as unknown as Deployment, words)]) {
        assertHarmless(text);
        assert.deepEqual(linksOf(text), []);
      }
    }),
    runs,
  );
  fc.assert(
    fc.property(hostileText, (text) => {
      const cell = `"${text.replaceAll('"', '""').replaceAll('|', '/')}"`;
      const { model, position } = modelAt(`HOSTNAME,BMC_IP\n|${cell},${cell}\n`);
      const shown = String(hover(model, position, renderMessage, () => ownUrl)?.markdown ?? '');
      assertHarmless(shown);
      assert.ok(linksOf(shown).every((url) => url === ownUrl));
    }),
  );
});
