import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { after, before, suite, test } from 'node:test';
import { runProgram } from '@omnia-buildstream/engine/processes/runProgram';
import { Kubectl } from '@omnia-buildstream/engine/workload/kubernetes/kubectl';

function whyNoKubectl(): string | false {
  try {
    execFileSync('kubectl', ['version', '--client'], { stdio: 'ignore' });
    return false;
  } catch {
    return 'kubectl is not installed here';
  }
}

const signal = new AbortController().signal;
const meta = { apiVersion: 'v1' };

/** As much of a cluster's API as kubectl needs for our commands. */
class FakeApi {
  readonly node = {
    ...meta,
    kind: 'Node',
    metadata: { name: 'kn1', annotations: {} as Record<string, string | null> },
    spec: {} as { unschedulable?: boolean | null },
    status: {
      addresses: [
        { type: 'InternalIP', address: '10.5.0.1' },
        { type: 'Hostname', address: 'kn1' },
      ],
    },
  };
  readonly #pods = [
    ['shop', 'web', 'ReplicaSet', 'Running'],
    ['batch', 'sum', 'Job', 'Running'],
    ['batch', 'done', 'Job', 'Succeeded'],
    ['kube-system', 'proxy', 'DaemonSet', 'Running'],
    ['kube-system', 'api', 'Node', 'Running'],
  ].map(([namespace, name, kind, phase]) => ({
    ...meta,
    kind: 'Pod',
    metadata: { namespace, name, ownerReferences: [{ kind, name: 'x', apiVersion: 'v1', uid: '1' }] },
    spec: { nodeName: 'kn1' },
    status: { phase },
  }));

  answer(method: string, path: string, body: string): unknown {
    const verbs = ['get', 'list', 'patch'];
    if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] };
    if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: [] };
    if (path === '/api/v1') {
      const resource = (name: string, kind: string, namespaced: boolean) => ({
        name,
        singularName: '',
        namespaced,
        kind,
        verbs,
      });
      const resources = [resource('nodes', 'Node', false), resource('pods', 'Pod', true)];
      return { kind: 'APIResourceList', groupVersion: 'v1', resources };
    }
    if (path === '/api/v1/pods') return { ...meta, kind: 'PodList', metadata: {}, items: this.#pods };
    if (path === '/api/v1/nodes') return { ...meta, kind: 'NodeList', metadata: {}, items: [this.node] };
    if (path !== '/api/v1/nodes/kn1') return undefined;
    if (method === 'PATCH') this.#patch(JSON.parse(body) as Partial<typeof this.node>);
    return this.node;
  }

  #patch({ metadata, spec }: Partial<typeof this.node>): void {
    for (const [name, value] of Object.entries(metadata?.annotations ?? {})) {
      if (value === null) Reflect.deleteProperty(this.node.metadata.annotations, name);
      else this.node.metadata.annotations[name] = value;
    }
    if (spec?.unschedulable === true) this.node.spec.unschedulable = true;
    else if (spec !== undefined) delete this.node.spec.unschedulable;
  }
}

suite('the real kubectl', { skip: whyNoKubectl() }, () => {
  const api = new FakeApi();
  let server: Server;
  let kube: Kubectl;
  const node = { hostname: 'kn1.example.org', bmcIp: '10.6.0.1' };

  before(async () => {
    server = createServer((request: IncomingMessage, response) => {
      void text(request).then((body) => {
        const found = api.answer(request.method ?? '', new URL(request.url ?? '', 'http://x').pathname, body);
        response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify(
            found ?? { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 404, reason: 'NotFound' },
          ),
        );
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const run = runProgram('kubectl');
    const where = [`--server=http://127.0.0.1:${String(port)}`, '--cache-dir=/dev/null', '--kubeconfig=/dev/null'];
    kube = new Kubectl({ context: undefined, run: (args, given) => run([...where, ...args], given) });
  });
  after(() => server.close());

  test('prints nodes and pods as they are read', async () => {
    const work = (await kube.workOn([node], signal)).get(node.bmcIp);
    assert.deepEqual(work, {
      kind: 'busy',
      jobs: { unit: 'pods', count: 2, users: ['batch', 'shop'], latestEnd: undefined },
    });
  });

  test('cordons and uncordons, with the annotation', async () => {
    const reason = 'buildstream: restart, run 1';
    assert.deepEqual(await kube.drain(node, reason, () => undefined, signal), { kind: 'done' });
    assert.deepEqual(
      [api.node.spec, api.node.metadata.annotations],
      [{ unschedulable: true }, { 'omnia-buildstream/drained': reason }],
    );
    assert.deepEqual(await kube.resume(node, signal), { kind: 'done' });
    assert.deepEqual([api.node.spec, api.node.metadata.annotations], [{}, {}]);
  });
});
