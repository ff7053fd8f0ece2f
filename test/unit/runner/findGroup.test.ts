import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import { findGroup } from '@omnia-buildstream/runner/oim/findGroup';

const group = (id: string): ImageGroup => ({ id, jobId: `job-of-${id}`, status: 'BUILT', images: [] });
const chosen = (groups: readonly ImageGroup[], image: string, job?: string): string => {
  const choice = findGroup(groups, { image, job });
  return 'problem' in choice ? wordsOf(choice.problem) : `${choice.group.id} ${choice.jobId}`;
};

suite('an image group and its job', () => {
  const two = [group('rhel10-slurm-v1.0'), group('rhel9-slurm')];

  for (const [what, groups, image, job, expected] of [
    ['by its name', two, 'rhel9-slurm', undefined, /^rhel9-slurm job-of/],
    ['by its job, in either case', two, '', 'JOB-of-rhel9-slurm', /^rhel9-slurm job-of/],
    ['without its version', two, 'rhel10-slurm', undefined, /^rhel10-slurm-v1\.0 job-of/],
    [
      'by its whole name before any version',
      [...two, group('rhel9-slurm-v2')],
      'rhel9-slurm',
      undefined,
      /^rhel9-slurm job/,
    ],
    [
      'not without a version that could be several',
      [group('g-v1.0'), group('g-v1.1')],
      'g',
      undefined,
      /names several image groups: g-v1\.0 \(BUILT\), g-v1\.1 \(BUILT\)\. Name one/,
    ],
    [
      'not by a part of the name that is no version',
      [group('g-very')],
      'g',
      undefined,
      /no image group g\. There are: g-very/,
    ],
    [
      'of a job that has none',
      two,
      '',
      '018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c10',
      /No image group of the BuildStreaM API \(2 checked\) belongs to job 018f3c4b/,
    ],
    ['of what is no ID of a job', two, '', 'other', /'other' is not a job ID: it is a UUID/],
    ['of another job', two, 'rhel9-slurm', 'other', /belongs to job job-of-rhel9-slurm, not to other/],
    ['without a job', [{ ...group('g'), jobId: undefined }], 'g', undefined, /names no job/],
    ['where there is none', [], 'g', undefined, /There are no image groups/],
  ] as const) {
    test(what, () => {
      assert.match(chosen(groups, image, job), expected);
    });
  }

  test('of 251 the nearest few are named, not all', () => {
    const many = Array.from({ length: 250 }, (_, index) => group(`cluster-${String(index)}`));
    const said = chosen([...many, group('rhel10-slurm')], 'rhel10-slrum');
    assert.match(said, /The nearest of the 251 are: rhel10-slurm \(BUILT\), /);
    assert.equal(said.match(/\(BUILT\)/g)?.length, 5);
  });
});
