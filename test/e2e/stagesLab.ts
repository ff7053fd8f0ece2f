import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type * as vscode from 'vscode';
import { imageGroupOf, imagePath } from '@omnia-buildstream/lab/cluster/imageGroups';
import { labKinds } from '@omnia-buildstream/lab/cluster/kinds';
import { ImageServer } from '@omnia-buildstream/lab/cluster/imageServer';
import type { Lab, LabOptions } from '@omnia-buildstream/lab/lab';
import { labPassword, quickLab, reportOf } from '../support/lab.ts';
import { Answers } from './answers.ts';
import { configureUser, openMapping, write } from './support.ts';

export const [groupId] = labKinds['2.2'].imageGroups;
const roles = ['slurm_control_node_x86_64', 'slurm_node_x86_64'];

/** Limits in seconds. A test advances time freely, so no step of a node may reach its limit. */
export const generousLimits = Object.fromEntries(
  ['reach', 'login', 'ready', 'read', 'override', 'reset', 'power', 'report'].map((name) => [name, 86_400]),
);

interface StagesLabOptions {
  readonly lab: Partial<LabOptions>;
  /** PEM of additional trusted authorities. */
  readonly authorities?: readonly string[];
  /** Settings `buildstream.engine.*` that differ from the defaults here. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** A lab with everything that the stages need in the editor: images, settings, and its mapping file shown. */
export interface StagesLab {
  readonly lab: Lab;
  readonly document: vscode.TextDocument;
  /** The folder that contains `input`. */
  readonly projectFolder: string;
  readonly stop: () => Promise<void>;
}

export async function startStagesLab(project: string, options: StagesLabOptions): Promise<StagesLab> {
  const folder = mkdtempSync(path.join(tmpdir(), 'buildstream-e2e-'));
  const images = await ImageServer.start(roles.map((role) => imagePath(groupId, role)));
  const lab = await quickLab({
    reportPort: 0,
    sshPort: 0,
    servicePorts: { slurmctld: 0, slurmd: 0, kubelet: 0 },
    ...options.lab,
  });
  writeFileSync(path.join(folder, 'ca.pem'), [lab.ca, ...(options.authorities ?? [])].join('\n'));
  writeFileSync(path.join(folder, 'hosts'), lab.hostsFile);
  write(`${project}/images.json`, imageList(images.origin));
  const settings = {
    caFile: path.join(folder, 'ca.pem'),
    bmcPort: lab.port,
    report: reportOf(lab),
    images: 'images.json',
    provision: 'files:boot',
    ports: lab.ports,
    hostsFile: path.join(folder, 'hosts'),
    limits: { ...generousLimits, up: 0.5, again: 0.2 },
    ...options.settings,
  };
  for (const [name, value] of Object.entries(settings)) await configureUser(`engine.${name}`, value);
  const document = await openMapping(project, lab.mappingFile);
  return {
    lab,
    document,
    projectFolder: path.dirname(path.dirname(document.uri.fsPath)),
    stop: async () => {
      for (const name of Object.keys(settings)) await configureUser(`engine.${name}`, undefined);
      await lab.stop();
      await images.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function imageList(server: string): string {
  const { images } = imageGroupOf(groupId, { roles, server, jobId: 'job-1' });
  const listed = images.map(({ role, name, boot }) => ({ role, image_name: name, ...boot }));
  return JSON.stringify({ image_groups: [{ image_group_id: groupId, job_id: 'job-1', images: listed }] });
}

/** The button that runs a stage, from here or on the management server: it names the number of nodes or tests. */
export const stageButton = {
  Deploy: /^(Publish for|Assign Image to) \d+ Nodes?$/,
  Restart: /^PXE-Boot \d+ Nodes?$/,
  Validate: /^(Run \d+ Tests?|Test \d+ Nodes?)$/,
} as const;
export type StageTitle = keyof typeof stageButton;

/**
 * Selects a stage, the only image group and these BMCs, and agrees. `offered` holds the choices that were offered, by
 * title.
 */
export function answersToStage(
  stage: StageTitle,
  {
    bmcs,
    inputs = ['*', 'root', labPassword],
  }: { readonly bmcs?: string | undefined; readonly inputs?: readonly string[] },
): { readonly answers: Answers; readonly offered: ReadonlyMap<string, readonly string[]> } {
  const answers = new Answers(inputs);
  answers.button = stageButton[stage];
  const offered = new Map<string, readonly string[]>();
  answers.pick = (items, title = '') => {
    const labels = items.map((item) => (typeof item === 'string' ? item : item.label));
    offered.set(title, labels);
    const wanted = title === 'Run Stage From This Computer' ? stage : title === 'Image Group' ? groupId : bmcs;
    return items.find((item) => typeof item !== 'string' && item.label === wanted);
  };
  return { answers, offered };
}
