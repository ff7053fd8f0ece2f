import type { TestContext } from 'node:test';
import { GitLabClient, type ClientOptions } from '@omnia-buildstream/gitlab/api/client';
import { readTextFile } from '@omnia-buildstream/gitlab/api/editFile';
import { loadTree } from '@omnia-buildstream/gitlab/api/loadTree';
import { nextAction, type NextAction } from '@omnia-buildstream/gitlab/actions/nextAction';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { makeCertificate, type LabCertificate } from '@omnia-buildstream/lab/gitlab/certificate';
import { startGitLabLab, type GitLabLab, type GitLabLabOptions } from '@omnia-buildstream/lab/gitlab/lab';
import { hangLimits } from './time/hastyClock.ts';

/** Shared by all labs of a test file, because creating one takes a while. */
let certificate: Promise<LabCertificate> | undefined;

export const goodToken = 'glpat-lab-secret-0123456789';

const header =
  'FUNCTIONAL_GROUP_NAME,GROUP_NAME,SERVICE_TAG,PARENT_SERVICE_TAG,HOSTNAME,ADMIN_MAC,ADMIN_IP,BMC_MAC,BMC_IP';

/** A mapping file with this many nodes: `n1` … with the BMCs 172.17.107.1 …. */
function mappingCsv(nodes: number): string {
  const rows = Array.from({ length: nodes }, (_, index) => {
    const n = String(index + 1);
    const hex = (index + 1).toString(16).padStart(2, '0');
    return `slurm_node_x86_64,grp0,TAG${n.padStart(4, '0')},,n${n},52:54:00:00:00:${hex},172.16.107.${n},52:54:00:01:00:${hex},172.17.107.${n}`;
  });
  return `${[header, ...rows].join('\n')}\n`;
}

/** A lab with four nodes and one valid token; stops after the test. */
export async function startLab(
  t: Pick<TestContext, 'after'>,
  options: Partial<GitLabLabOptions> = {},
): Promise<GitLabLab> {
  certificate ??= makeCertificate(new Date());
  const lab = await startGitLabLab({
    certificate: await certificate,
    files: {
      'input/pxe_mapping_file.csv': mappingCsv(4),
      'catalog_rhel.json': '{"catalog":{"identifier":"rhel10-slurm","version":"1.0"}}\n',
    },
    ...options,
  });
  t.after(() => lab.close());
  lab.tokens.add({ value: goodToken });
  return lab;
}

export function connect(
  t: Pick<TestContext, 'after'>,
  lab: GitLabLab,
  options: Partial<Omit<ClientOptions, 'token'>> & { token?: string } = {},
): GitLabClient {
  const { token = goodToken, ...rest } = options;
  const client = new GitLabClient({
    server: new URL(lab.origin),
    trust: lab.certificate === undefined ? {} : { ca: lab.certificate.cert },
    proxy: { env: {} },
    token: () => Promise.resolve(token),
    limits: hangLimits,
    ...rest,
  });
  t.after(() => client.close());
  return client;
}

export const call = { signal: new AbortController().signal };

/** Waits for the jobs, then loads the tree. */
export async function treeOf(client: GitLabClient, lab: GitLabLab, pipelineId: number): Promise<PipelineNode> {
  await lab.project.idle();
  return loadTree(client, { projectId: 1, pipelineId }, call);
}

/** Performs the next actions until a person has to decide about failures or the run is over. */
export async function deployUntilFailure(
  client: GitLabClient,
  lab: GitLabLab,
  pipelineId: number,
): Promise<NextAction> {
  for (;;) {
    const action = nextAction(await treeOf(client, lab, pipelineId));
    const job =
      action.kind === 'choose-image' ? action.images[0] : action.kind === 'play-deploy' ? action.job : undefined;
    if (job === undefined) return action;
    await client.jobs.play(1, job.id, {}, call);
  }
}

/** The number of matching requests that reached the server. */
export function count(lab: GitLabLab, pattern: RegExp): number {
  return lab.seen.filter(({ method, path }) => pattern.test(`${method} ${path}`)).length;
}

/** Commits a change to a file of the project, as any other person could. */
export async function editInLab(client: GitLabClient, path: string, change: (text: string) => string): Promise<void> {
  const found = await readTextFile(client, { projectId: 1, branch: 'main', path }, call);
  const before = found.kind === 'read' ? found.value : undefined;
  const content = Buffer.from(change(before?.text ?? ''));
  const files = [{ path, content, lastCommitId: before?.file.lastCommitId }];
  await client.files.commit(1, { branch: 'main', message: `Edit ${path}`, files }, call);
}
