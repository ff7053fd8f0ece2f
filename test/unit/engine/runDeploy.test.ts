import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { kernelParams } from '@omnia-buildstream/engine/deploy/kernelParams';
import { runDeploy } from '@omnia-buildstream/engine/deploy/runDeploy';
import { BmcError } from '@omnia-buildstream/engine/ports/bmc';
import { ProvisionError } from '@omnia-buildstream/engine/ports/bootProvisioner';
import { cluster } from '../../support/cluster.ts';
import { deployWorld, images, planOf, type DeployWorld } from '../../support/deploy/deployWorld.ts';

const notes = ({ events }: DeployWorld): string[] =>
  events.flatMap((event) => (event.type === 'stage-note' ? [event.text] : []));

suite('the deploy stage', () => {
  test('hands over every node with its image, and tells of each', async () => {
    const world = deployWorld();
    const summary = await runDeploy(world.input);
    assert.deepEqual([summary.outcome, summary.created, summary.notTried], ['deployed', 5, 0]);
    const [request] = world.provisioner.requests;
    assert.deepEqual([request?.imageGroup, request?.jobId, request?.nodes.length], ['G', 'J', 5]);
    assert.equal(request?.nodes[3]?.boot.kernel, 'http://10.5.0.1:9000/boot-images/slurm_node_x86_64/vmlinuz');
    const finished = world.events.filter(({ type }) => type === 'node-finished');
    assert.deepEqual(
      [world.events[0]?.type, finished.length, world.events.at(-1)?.type],
      ['stage-started', 5, 'stage-finished'],
    );
    const last = finished.at(-1);
    assert.ok(last?.type === 'node-finished');
    assert.deepEqual(
      [last.bmcIp, last.hostname, last.status, last.change],
      ['10.6.0.15', 'cn-002', 'success', 'created'],
    );
  });

  test('hands nothing over when one image is missing', async () => {
    const world = deployWorld();
    world.probe.faults.set(images[3]?.boot?.rootfs ?? '', { reason: 'missing', detail: 'HTTP 404' });
    const summary = await runDeploy(world.input);
    assert.deepEqual([summary.outcome, summary.findings, summary.notTried], ['preflight-failed', 1, 5]);
    assert.deepEqual(world.provisioner.requests, []);
    assert.match(notes(world).join(), /slurm_node_x86_64\/rootfs \(slurm_node_x86_64-image\): the file does not exist/);
  });

  test('reports everything that stands in the way at once', async () => {
    const plan = planOf(
      images.slice(1).map((image, index) => (index === 0 ? { ...image, boot: undefined } : image)),
      cluster.replace('10.5.0.15', '10.5.0.300'),
    );
    const world = deployWorld({ plan, mappingErrors: ['The mapping file has an error.'] });
    world.probe.faults.set(images[2]?.boot?.kernel ?? '', { reason: 'unreachable', detail: 'ECONNREFUSED' });
    world.bmcs.fault = (address) =>
      address === '10.6.0.14' ? Promise.reject(new BmcError('tls', 'not the pinned one')) : undefined;
    const summary = await runDeploy(world.input);
    assert.equal(summary.outcome, 'preflight-failed');
    assert.deepEqual(
      notes(world).map((text) => text.split(/[:.]/)[0]),
      [
        'The mapping file has an error',
        'kcp1 (line 2)',
        'cn-002 (line 6)',
        'Image service_kube_node_x86_64-image (service_kube_node_x86_64)',
        'http',
        'cn-001 (10',
      ],
    );
    assert.deepEqual(world.provisioner.requests, []);
  });

  test('asks for each file of an image once, and for only so many at the same time', async () => {
    const world = deployWorld();
    await runDeploy({ ...world.input, settings: { ...world.input.settings, imageConcurrency: 2 } });
    assert.equal(world.probe.asked.length, 12);
    assert.equal(new Set(world.probe.asked).size, 12);
    assert.equal(world.probe.most, 2);
  });

  test('names every BMC that does not answer, also one that never will, and leaves no connection open', async () => {
    const world = deployWorld();
    world.bmcs.fault = (address) => {
      if (address === '10.6.0.11') return Promise.reject(new BmcError('unreachable', 'EHOSTUNREACH'));
      return address === '10.6.0.12' ? new Promise<never>(() => undefined) : undefined;
    };
    const summary = await runDeploy(world.input);
    assert.deepEqual([summary.outcome, summary.findings], ['preflight-failed', 2]);
    assert.match(notes(world)[0] ?? '', /kcp1 \(10\.6\.0\.11\): its BMC cannot be reached.*EHOSTUNREACH/);
    assert.match(notes(world)[1] ?? '', /kn1 \(10\.6\.0\.12\): its BMC does not respond in time.*60 s/);
    assert.equal(world.bmcs.open, 0);
  });

  test('leaves BMCs out only when told to, and says so', async () => {
    const none = deployWorld({ bmcCheck: { kind: 'none' } });
    await runDeploy(none.input);
    assert.deepEqual(none.bmcs.reached, []);
    assert.match(notes(none)[0] ?? '', /no BMC is checked/);
    const some = deployWorld({ bmcCheck: { kind: 'only', hostnames: ['CN-001'] } });
    await runDeploy(some.input);
    assert.deepEqual(some.bmcs.reached, ['10.6.0.14']);
    assert.match(notes(some)[0] ?? '', /only these BMCs.*CN-001/);
  });

  test('a node that fails is data, with a class and what to do', async () => {
    const world = deployWorld();
    world.provisioner.answer = ({ nodes }) =>
      Promise.resolve(
        nodes.map((node, index) =>
          index === 0
            ? { node, change: 'failed', reason: 'refused', detail: 'HTTP 400' }
            : { node, change: 'unchanged' },
        ),
      );
    const summary = await runDeploy(world.input);
    assert.deepEqual([summary.outcome, summary.failed, summary.unchanged], ['some-failed', 1, 4]);
    const failed = world.events.find((event) => event.type === 'node-finished' && event.status === 'failed');
    assert.ok(failed?.type === 'node-finished');
    assert.deepEqual([failed.failure, failed.message], ['refused', 'HTTP 400.']);
    assert.match(failed.advice, /log of the service/);
  });

  test('a provisioner that gives up is told in words', async () => {
    const world = deployWorld();
    world.provisioner.answer = () => Promise.reject(new ProvisionError('disk-full', '/srv/boot: the disk is full'));
    const summary = await runDeploy(world.input);
    assert.deepEqual([summary.outcome, summary.failure, summary.notTried], ['provisioner-failed', 'disk-full', 5]);
    assert.match(notes(world)[0] ?? '', /the disk is full\. Free up disk space/);
  });

  test('stopped during the checks it hands nothing over', async () => {
    const world = deployWorld();
    world.bmcs.fault = () => {
      world.stop.abort();
      return undefined;
    };
    const summary = await runDeploy(world.input);
    assert.deepEqual([summary.outcome, summary.notTried], ['stopped', 5]);
    assert.deepEqual(world.provisioner.requests, []);
    assert.equal(world.events.at(-1)?.type, 'stage-finished');
  });

  test('stopped while handing over it finishes that', async () => {
    const world = deployWorld();
    const { answer } = world.provisioner;
    world.provisioner.answer = (request) => {
      world.stop.abort();
      return answer(request);
    };
    assert.equal((await runDeploy(world.input)).outcome, 'deployed');
  });

  test('without nodes it does not call that a success', async () => {
    const world = deployWorld({ plan: planOf(images, cluster.split('\n', 1).join('')) });
    assert.equal((await runDeploy(world.input)).outcome, 'preflight-failed');
  });
});

test('the root file system is added to the parameters unless they name it', () => {
  const boot = { kernel: 'http://a/k', initrd: 'http://a/i', rootfs: 'http://a/r', params: 'quiet' };
  assert.equal(kernelParams(boot), 'root=live:http://a/r quiet');
  assert.equal(kernelParams({ ...boot, params: 'root=live:http://a/r ro' }), 'root=live:http://a/r ro');
  assert.equal(kernelParams({ ...boot, rootfs: undefined }), 'quiet');
});
