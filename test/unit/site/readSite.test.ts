import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { completeSite } from '@omnia-buildstream/core/language/site/completeSite';
import { hoverSite } from '@omnia-buildstream/core/language/site/hoverSite';
import { readSite, type SiteFile } from '@omnia-buildstream/core/site/readSite';
import { settle, type LayerValues } from '@omnia-buildstream/core/site/settle';
import { siteKey, siteKeyNames, type SiteKeyName } from '@omnia-buildstream/core/site/siteKeys';
import { sitePlacesFor } from '@omnia-buildstream/core/site/sitePlaces';
import { siteValues } from '@omnia-buildstream/core/site/siteValues';
import { renderMessage } from '@omnia-buildstream/core/text/message';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';

const said = ({ problems }: SiteFile): string[] =>
  problems.map(({ message, params, range: { start } }) => {
    return `${String(start.line + 1)}:${String(start.character + 1)} ${wordsOf({ message, params })}`;
  });

suite('what is wrong in a buildstream.yml is told with its line', () => {
  const faults: readonly (readonly [text: string, said: RegExp])[] = [
    ['canary: 4\nprotectedNode: [a]\n', /^2:1 Unknown key "protectedNode"\. Did you mean "protectedNodes"\?$/],
    ['zzz: 1\n', /^1:1 Unknown key "zzz"\.$/],
    ['limits:\n  reprt: 5\n', /^2:3 Unknown key "limits\.reprt"\. Did you mean "limits\.report"\?$/],
    ['limits: { check: 0 }\n', /^1:18 "limits\.check" takes seconds, more than 0\.$/],
    ['limits: 5\n', /^1:9 "limits" takes names with values: reach, login/],
    ['report: udp:5\n', /^1:9 "report" takes tcp:PORT, ssh/],
    ['canary: some\n', /^1:9 "canary" takes auto, or a number of nodes\.$/],
    ['maxFailed: 101%\n', /^1:12 "maxFailed" takes a number of nodes, or a percentage/],
    ['concurrency: 1001\n', /^1:14 "concurrency" takes a whole number from 1 to 1000\.$/],
    ['bootNic: maybe\n', /^1:10 "bootNic" takes true or false\.$/],
    ['omniaVersion: 2.4\n', /^1:15 "omniaVersion" takes one of auto, 2\.1,/],
    ['rules: { bad-mac: loud }\n', /^1:19 "rules\.bad-mac" takes one of error, warning/],
    ['rules: { bad-mca: off }\n', /^1:10 Unknown key "rules\.bad-mca"\. Did you mean "rules\.bad-mac"\?$/],
    ['nfsHosts: 10.5.0.40\n', /^1:11 "nfsHosts" takes a list of texts\.$/],
    ['nfsHosts: ["-o ProxyCommand=x"]\n', /^1:12 "nfsHosts" takes hostnames or addresses\.$/],
    [
      'imageUrls: { kernel: "https://i/{nobody}", initrd: a }\n',
      /^1:22 "imageUrls\.kernel" takes an address with these/,
    ],
    ['imageUrls: { kernel: a }\n', /^1:14 "imageUrls" needs initrd\.$/],
    ['provision: openchami:http://10.5.0.1\n', /^1:12 "provision" takes files:FOLDER, or openchami: with an https/],
    ['provision: openchami:https://me:secret@10.5.0.1\n', /^1:12 "provision" takes/],
    ['sshKey: /root/.ssh/id\n', /^1:1 "sshKey" can't be set here: certificates, secrets and programs/],
    ['molecule: [rm]\n', /^1:1 "molecule" can't be set here/],
    ['canary: 1\ncanary: 2\n', /^2:1 The key "canary" is already set in line 1\.$/],
    ['hostsFile: hosts\nresolver: 10.5.0.1\n', /^2:1 "resolver" can't be set together with "hostsFile"\.$/],
    ['- canary\n', /^1:1 Expected keys with values/],
    ['canary: [1\n', /^\d+:\d+ This is not valid YAML: /],
  ];
  for (const [text, expected] of faults) {
    test(JSON.stringify(text), () => {
      const [first = ''] = said(readSite(text));
      assert.match(first, expected);
    });
  }

  test('nothing, comments and empty values say nothing', () => {
    for (const text of ['', '# only words\n', '---\n', 'canary:\n', '\ufeffcanary: 4\n']) {
      assert.deepEqual(said(readSite(text)), [], JSON.stringify(text));
    }
  });

  test('of a wrong file what is right is still known, for the editor', () => {
    const { entries } = readSite('canary: 4\nreport: nonsense\nprotectedNodes: [a, b]\n');
    assert.deepEqual(
      [...entries].map(([name, { value }]) => [name, value]),
      [
        ['canary', '4'],
        ['protectedNodes', ['a', 'b']],
      ],
    );
  });

  test('no text makes it throw, and what it gives has the shape of the setting', () => {
    const word = fc.oneof(
      fc.constantFrom(...siteKeyNames, ':', ' ', '\n', '- ', '[', ']', '{', '}', '"', '*a', '&a', '#'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const { entries, problems } = readSite(words.join(''));
        for (const { range } of problems) assert.ok(range.start.line >= 0);
        for (const [name, { value }] of entries) {
          const { kind } = siteKey(name).shape;
          if (kind === 'list') assert.ok(Array.isArray(value));
          if (kind === 'map') assert.ok(typeof value === 'object' && !Array.isArray(value));
        }
      }),
    );
  });
});

suite('layers', () => {
  const layer =
    (values: Readonly<Partial<Record<SiteKeyName, unknown>>>): LayerValues =>
    (name) =>
      values[name];
  const value = (name: SiteKeyName, layers: Parameters<typeof settle>[0]): unknown => settle(layers).get(name);

  test('a stronger layer takes the place of a weaker one, and is told as the source', () => {
    const site = layer({ canary: '4' });
    assert.deepEqual(value('canary', { site }), { value: '4', from: ['site'] });
    assert.deepEqual(value('canary', { site, settings: layer({ canary: '5' }) }), { value: '5', from: ['settings'] });
    const all = { site, settings: layer({ canary: '5' }), options: layer({ canary: '6' }) };
    assert.deepEqual(value('canary', all), { value: '6', from: ['options'] });
    assert.deepEqual(value('report', all), { value: undefined, from: [] });
  });

  test('protected nodes, limits, ports and rules come together', () => {
    const site = layer({ protectedNodes: ['a'], limits: { report: 5, check: 2 } });
    const settings = layer({ protectedNodes: ['b'], limits: { check: 3 } });
    assert.deepEqual(value('protectedNodes', { site, settings }), { value: ['a', 'b'], from: ['site', 'settings'] });
    assert.deepEqual(value('limits', { site, settings }), {
      value: { report: 5, check: 3 },
      from: ['site', 'settings'],
    });
  });

  test('a hosts file in a stronger layer is no second answer beside a resolver', () => {
    const site = layer({ resolver: '10.5.0.1' });
    const options = layer({ hostsFile: 'hosts' });
    assert.deepEqual(value('resolver', { site, options }), { value: undefined, from: [] });
    assert.deepEqual(value('hostsFile', { site, options }), { value: 'hosts', from: ['options'] });
  });
});

suite('places', () => {
  test('the project folder, then those above it as far as the open folder', () => {
    assert.deepEqual(sitePlacesFor('/w/a/p/input/pxe_mapping_file.csv', '/w'), [
      '/w/a/p/buildstream.yml',
      '/w/a/buildstream.yml',
      '/w/buildstream.yml',
    ]);
  });

  test('outside of the open folder only the project itself, so that nobody else\u2019s file counts', () => {
    assert.deepEqual(sitePlacesFor('/tmp/p/input/pxe_mapping_file.csv', '/home/me'), ['/tmp/p/buildstream.yml']);
    assert.deepEqual(sitePlacesFor('/wide/p/x.csv', '/w'), ['/wide/p/buildstream.yml']);
    assert.deepEqual(sitePlacesFor('/tmp/p/x.csv', undefined), ['/tmp/p/buildstream.yml']);
  });

  test('paths start from the folder of the file, addresses stay', () => {
    const at = (text: string, name: SiteKeyName): unknown => siteValues(readSite(text), '../site')(name);
    assert.equal(at('images: a/b.json', 'images'), '../site/a/b.json');
    assert.equal(at('images: /etc/b.json', 'images'), '/etc/b.json');
    assert.equal(at('provision: files:boot', 'provision'), 'files:../site/boot');
    assert.equal(at('provision: openchami:https://10.5.0.1', 'provision'), 'openchami:https://10.5.0.1');
  });
});

suite('in the editor', () => {
  const at = (marked: string): readonly [string, { readonly line: number; readonly character: number }] => {
    const before = marked.slice(0, marked.indexOf('|')).split('\n');
    return [marked.replace('|', ''), { line: before.length - 1, character: before.at(-1)?.length ?? 0 }];
  };
  const offered = (marked: string): string[] =>
    completeSite(...at(marked), renderMessage)?.items.map(({ label }) => label) ?? [];

  test('keys that are not there yet are offered, and their values', () => {
    assert.deepEqual(offered('|'), siteKeyNames);
    assert.deepEqual(
      offered('canary: 4\n|'),
      siteKeyNames.filter((name) => name !== 'canary'),
    );
    assert.ok(offered('canary: 4\nrep|').includes('report'));
    assert.deepEqual(offered('lasting: |'), ['once', 'continuous']);
    assert.deepEqual(offered('bootNic:|'), ['true', 'false']);
    assert.deepEqual(offered('ports:\n  |'), ['ssh', 'slurmctld', 'slurmd', 'kube-api', 'kubelet', 'nfs']);
    assert.deepEqual(offered('rules:\n  bad-mac: |'), ['error', 'warning', 'info', 'hint', 'off']);
    assert.deepEqual(offered('# a comment |'), []);
  });

  test('what is chosen takes the place of what was typed', () => {
    const [text, position] = at('canary: 4\nrep|\n');
    const found = completeSite(text, position, renderMessage);
    assert.deepEqual(found?.range, { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } });
    assert.equal(found.items.find(({ label }) => label === 'limits')?.newText, 'limits:\n  ');
  });

  test('a key is explained, with what takes precedence', () => {
    const words = String(hoverSite(...at('can|ary: 4\n'), renderMessage)?.markdown);
    assert.match(words, /How many nodes of a restart go first/);
    assert.match(words, /buildstream\.engine\.canary/);
    assert.match(String(hoverSite(...at('limits:\n  rep|ort: 5\n'), renderMessage)?.markdown), /Time limits/);
    assert.equal(hoverSite(...at('unknown|: 5\n'), renderMessage), undefined);
  });
});
