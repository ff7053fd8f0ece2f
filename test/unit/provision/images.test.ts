import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ImageSourceError } from '@omnia-buildstream/engine/ports/images';
import { readImageList } from '@omnia-buildstream/provision/images/imageList';
import { unknownPlaceholders } from '@omnia-buildstream/core/stage/imagePlaceholders';
import { withTemplate } from '@omnia-buildstream/provision/images/imageTemplate';

const group = (id: string, more: object = {}): object => ({
  image_group_id: id,
  images: [{ role: 'os_x86_64', image_name: 'rhel' }],
  ...more,
});

suite('a list of image groups', () => {
  test('is read newest first, and tells how an image is booted where it says so', () => {
    const images = [
      { role: 'os_x86_64', image_name: 'rhel', kernel: 'http://a/k', initrd: 'http://a/i', rootfs: null, more: 1 },
    ];
    const old = group('old', { created_at: '2026-04-01T00:00:00+00:00Z', job_id: 'J', status: 'PASSED' });
    const text = JSON.stringify({ image_groups: [old, group('new', { created_at: '2026-05-01T00:00:00Z', images })] });
    assert.deepEqual(readImageList(text, 'f'), [
      {
        id: 'new',
        jobId: undefined,
        status: 'BUILT',
        updatedAt: Date.parse('2026-05-01T00:00:00Z'),
        images: [
          {
            role: 'os_x86_64',
            name: 'rhel',
            boot: { kernel: 'http://a/k', initrd: 'http://a/i', rootfs: undefined, params: '' },
          },
        ],
      },
      {
        id: 'old',
        jobId: 'J',
        status: 'PASSED',
        updatedAt: Date.parse('2026-04-01T00:00:00Z'),
        images: [{ role: 'os_x86_64', name: 'rhel', boot: undefined }],
      },
    ]);
  });

  for (const [what, value, message] of [
    ['no object', [], 'f has no list "image_groups".'],
    [
      'no id',
      { image_groups: [{ images: [] }] },
      'f: image_groups[0] needs "image_group_id", a text that is not empty.',
    ],
    ['no images', { image_groups: [{ image_group_id: 'G' }] }, 'f: image_groups[0] has no list "images".'],
    [
      'a kernel without initrd',
      { image_groups: [group('G', { images: [{ role: 'r', image_name: 'i', kernel: 'k' }] })] },
      'f: image_groups[0].images[0] needs "initrd", a text that is not empty.',
    ],
    [
      'a number for a text',
      { image_groups: [group('G', { job_id: 5 })] },
      'f: image_groups[0]: "job_id" is not a text.',
    ],
    ['an id twice', { image_groups: [group('G'), group('G')] }, 'f: the image group "G" occurs twice. Remove one.'],
  ] as const) {
    test(`with ${what} is refused, and the place is named`, () => {
      assert.throws(
        () => readImageList(JSON.stringify(value), 'f'),
        (error) => error instanceof ImageSourceError && error.message === message,
      );
    });
  }

  test('that is not JSON is refused', () => {
    assert.throws(() => readImageList('{', 'f'), /f is not JSON/);
  });
});

suite('URLs by pattern', () => {
  const template = {
    kernel: 'http://s3/boot-images/{role}/{image}/vmlinuz',
    initrd: 'http://s3/{group}/initrd',
    rootfs: undefined,
    params: 'image={image}',
  };

  test('tell how images are booted that the source does not tell of', () => {
    const images = [{ role: 'os_x86_64', name: 'a b/../c', boot: undefined }];
    const [image] = withTemplate({ id: 'G?', jobId: undefined, status: 'BUILT', images }, template).images;
    assert.deepEqual(image?.boot, {
      kernel: 'http://s3/boot-images/os_x86_64/a%20b%2F..%2Fc/vmlinuz',
      initrd: 'http://s3/G%3F/initrd',
      rootfs: undefined,
      params: 'image=a b/../c',
    });
  });

  const ofFolder = { ...template, kernel: 'http://s3/{bucket}/{path}/vmlinuz', initrd: 'http://s3/x/{folder}/initrd' };
  const bootOf = (name: string) => {
    const images = [{ role: 'os_x86_64', name, boot: undefined }];
    return withTemplate({ id: 'G', jobId: undefined, status: 'BUILT', images }, ofFolder).images[0]?.boot;
  };

  for (const name of [
    's3://boot-images/os_x86_64/rhel os_G/',
    's3://boot-images/old/rhel_F/; s3://boot-images/os_x86_64/rhel os_G/',
  ]) {
    test(`are filled with the parts of a folder in S3: ${name}`, () => {
      const boot = bootOf(name);
      assert.equal(boot?.kernel, 'http://s3/boot-images/os_x86_64/rhel%20os_G/vmlinuz');
      assert.equal(boot.initrd, 'http://s3/x/rhel%20os_G/initrd');
    });
  }

  for (const name of ['', 's3://b/r/one/;s3://b/r/two/', 's3://b/', 's3://b/../x/']) {
    test(`are not made up for what is no folder: "${name}"`, () => {
      assert.equal(bootOf(name), undefined);
    });
  }

  test('an image without a name is read as what it is: BuildStreaM 2.3 found none', () => {
    const text = '{"image_groups":[{"image_group_id":"g","images":[{"role":"r","image_name":""}]}]}';
    assert.deepEqual(readImageList(text, 'f')[0]?.images, [{ role: 'r', name: '', boot: undefined }]);
  });

  test('leave alone what the source tells', () => {
    const boot = { kernel: 'k', initrd: 'i', rootfs: undefined, params: '' };
    const images = [{ role: 'os_x86_64', name: 'a', boot }];
    assert.deepEqual(withTemplate({ id: 'G', jobId: undefined, status: '', images }, template).images[0]?.boot, boot);
  });

  test('name placeholders that mean nothing', () => {
    assert.deepEqual(unknownPlaceholders('http://{host}/{role}/{}'), ['host', '']);
  });
});
