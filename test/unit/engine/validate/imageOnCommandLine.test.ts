import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../../support/properties/fastCheck.ts';
import { folderNameOf } from '@omnia-buildstream/core/plan/imageFolder';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import { kernelParams } from '@omnia-buildstream/engine/deploy/kernelParams';
import { checksOf } from '@omnia-buildstream/engine/validate/checksOf';
import { imageProbe } from '@omnia-buildstream/engine/validate/probes/image';
import { defaultCheckSettings } from '@omnia-buildstream/engine/validate/settings';
import { withTemplate } from '@omnia-buildstream/provision/images/imageTemplate';

/** The validate stage finds on the kernel's command line what the deploy stage wrote there. */

const roles = ['slurm_node_x86_64', 'os_aarch64', 'slurm_node_rhel_10_0_x86_64'] as const;
const groups = fc.uniqueArray(fc.stringMatching(/^g[a-z0-9._-]{2,9}[a-z0-9]$/), {
  minLength: 2,
  maxLength: 4,
});
/** Each refers to the folder in a different way. */
const rootfs = fc.constantFrom(
  'http://s3:9000/{bucket}/{path}/rootfs.img',
  'http://s3:9000/boot-images/{role}/{folder}/rootfs.squashfs',
  'http://s3:9000/boot-images/{role}/rhel-{role}_{group}/rootfs',
  'http://s3:9000/{folder}',
);
/** How the API names the folders of a role: in 2.2 that of the group, in 2.3 all of them, in any order. */
const cases = fc.record({
  role: fc.constantFrom(...roles),
  groups,
  rootfs,
  isJoined: fc.boolean(),
  isReversed: fc.boolean(),
});

type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

function groupOf(id: string, { role, groups: ids, isJoined, isReversed }: Case) {
  const folders = (isJoined ? ids : [id]).map((one) => `s3://boot-images/${role}/${folderNameOf(role, one)}/`);
  const name = (isReversed ? folders.toReversed() : folders).join(';');
  return { id, jobId: undefined, status: 'BUILT', images: [{ role, name, boot: undefined }] };
}

/** What a node booted with this group prints. */
function commandLine(id: string, one: Case): string {
  const template = { kernel: 'k', initrd: 'i', rootfs: one.rootfs, params: 'console=ttyS0' };
  const [image] = withTemplate(groupOf(id, one), template).images;
  assert.ok(image?.boot);
  return `BOOT_IMAGE=vmlinuz ${kernelParams(image.boot)} ip=dhcp\n`;
}

async function look(
  expected: { readonly imageGroup: string; readonly images: ReturnType<typeof groupOf>['images'] },
  role: string,
  stdout: string,
) {
  const target = { hostname: 'n1', adminIp: '10.5.0.14', functionalGroup: role } as Target;
  const [check] = checksOf([target], { ...defaultCheckSettings, canLogIn: true, kinds: ['image'], expected });
  assert.ok(check?.kind === 'image');
  const settings = {
    user: 'root',
    key: 'k',
    port: 22,
    hostKeys: 'yes',
    knownHosts: undefined,
    connectTimeoutMs: 1,
  } as const;
  const login = { settings, run: () => Promise.resolve({ code: 0, stdout, stderr: '', isMissing: false }) };
  return imageProbe(login, { kind: 'cmdline' })(check, new AbortController().signal);
}

suite('the image on the command line of the kernel', () => {
  test('is right for the group that was deployed, and wrong for every other, listed or not', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (one) => {
        const [deployed = '', ...others] = one.groups;
        const printed = commandLine(deployed, one);
        for (const isListed of [true, false]) {
          for (const id of [deployed, ...others]) {
            const images = isListed ? groupOf(id, one).images : [];
            const { outcome, message } = await look({ imageGroup: id, images }, one.role, printed);
            assert.equal(outcome, id === deployed ? 'passed' : 'failed', `${id}: ${wordsOf(message)}`);
          }
        }
      }),
    );
  });

  test('of several folders, none by the name of the group, nobody says which is right; none of them is wrong', async () => {
    const images = [{ role: roles[0], name: 's3://b/r/one/;s3://b/r/two/', boot: undefined }];
    const expected = { imageGroup: 'G', images };
    const some = await look(expected, roles[0], 'root=live:http://s3/b/r/two/rootfs.img');
    assert.equal(some.outcome, 'skipped');
    assert.match(wordsOf(some.message), /names two; the API names several images/);
    assert.equal((await look(expected, roles[0], 'root=live:http://s3/b/r/three/rootfs.img')).outcome, 'failed');
  });

  test('is not looked for where the API found no folder, or lists no image of the role', async () => {
    const empty = await look(
      { imageGroup: 'G', images: [{ role: roles[0], name: '', boot: undefined }] },
      roles[0],
      '',
    );
    const other = await look(
      { imageGroup: 'G', images: [{ role: roles[1], name: 's3://b/r/x/', boot: undefined }] },
      roles[0],
      '',
    );
    for (const { outcome, message } of [empty, other]) {
      assert.deepEqual([outcome, wordsOf(message)], ['skipped', `the image group has no image for ${roles[0]}`]);
    }
  });
});
