import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { imageFolderOf, imageNameOf } from '@omnia-buildstream/core/plan/imageFolder';
import { planDeploy, type DeployPlan } from '@omnia-buildstream/core/plan/planDeploy';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import type { PreparedRun, StageNode, StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import { whyTexts } from '@omnia-buildstream/core/stage/stageTexts';
import { phrase, wordsOf, type Phrase, type Said } from '@omnia-buildstream/core/text/phrase';
import type { DeployEvent, DeploySummary } from '@omnia-buildstream/engine/deploy/events';
import { bootRequest } from '@omnia-buildstream/engine/deploy/runDeploy';
import type { BmcCheck, DeploySettings } from '@omnia-buildstream/engine/deploy/settings';
import type { BootProvisioner } from '@omnia-buildstream/engine/ports/bootProvisioner';
import type { ImageGroup, RoleImage } from '@omnia-buildstream/engine/ports/images';
import type { TlsPolicy } from '@omnia-buildstream/http/tls/policy';
import { deploy, openProvisioner, type ProvisionTarget } from './deploy.ts';
import { thisMachine, type Machine } from './machine.ts';
import { mappingErrorTexts, mappingObstacles } from './mappingErrors.ts';
import { refuseObstacles } from '@omnia-buildstream/core/errors/refuseObstacles';
import { identityOfPlan, type PlainRun } from './preparedStage.ts';

export interface DeployRequest {
  /** Text of the mapping file. */
  readonly text: string;
  readonly version: OmniaVersion;
  /**
   * Errors of the mapping file in words, as in the log of Omnia's own stage; if absent, only their number is reported.
   */
  readonly mappingErrors?: readonly string[];
  readonly group: ImageGroup;
  readonly target: ProvisionTarget;
  readonly tls: TlsPolicy;
}

/** A deploy stage from here as planned. */
export interface PreparedDeploy extends PreparedRun<DeployRun, DeploySummary> {
  readonly group: ImageGroup;
  readonly deployment: DeployPlan<RoleImage>;
  /** Name of the provisioner, for people. */
  readonly target: Phrase;
  /** Nodes whose boot configuration is removed. */
  readonly outdated: readonly string[];
  /** Whether anything may follow the checks: errors in the file and rows that lack something are only reported. */
  readonly canChange: boolean;
}

export interface DeployRun extends PlainRun<DeployEvent> {
  readonly bmcCheck: BmcCheck;
  readonly bmcPort: number;
  readonly settings: DeploySettings;
  /** Undefined: the job of the image group. */
  readonly jobId?: string | undefined;
}

/** Plans a deploy stage and finds out what it would remove. Changes nothing. @throws ProvisionError */
export async function prepareDeploy(request: DeployRequest, machine: Machine = thisMachine): Promise<PreparedDeploy> {
  const { text, version, mappingErrors, group, tls } = request;
  const rows = targetsOf(text, version);
  const images = group.images.map((image) => ({ ...image, name: imageNameOf(image.name, group.id) }));
  const deployment = planDeploy({ rows, imageGroup: group.id, images });
  const open = openProvisioner(request.target, tls, machine);
  const { provisioner } = open;
  const ofFile = mappingObstacles(new CsvDocument(text), version);
  // Errors in the file are reported together with the other findings of the checks; nothing is handed over then.
  const obstacles = mappingErrors === undefined ? ofFile.filter(({ kind }) => kind !== 'mapping-errors') : [];
  const errors = ofFile.flatMap((one) => (one.kind === 'mapping-errors' ? [{ version, errors: one.errors }] : []));
  const findings: readonly Said[] = mappingErrors ?? errors.map((about) => phrase(mappingErrorTexts.found, about));
  const checksOnly = errors.map((about) => phrase(mappingErrorTexts.checksOnly, about));
  try {
    const isAsked = obstacles.length === 0 && findings.length === 0;
    const { notes, outdated } = isAsked ? await ask(provisioner, deployment) : { notes: checksOnly, outdated: [] };
    const plan = {
      stage: 'deploy',
      backend: 'direct',
      imageGroup: group.id,
      jobId: group.jobId,
      restart: undefined,
      nodes: deployedNodes(deployment),
      files: [],
      notes,
      obstacles,
    } satisfies Omit<StagePlan, 'identity'>;
    return {
      ...plan,
      identity: identityOfPlan(plan, [JSON.stringify(images), wordsOf(provisioner.name)]),
      isNothing: plan.nodes.length === 0,
      asks: true,
      group,
      deployment,
      target: provisioner.name,
      outdated,
      canChange: findings.length === 0 && deployment.lacking.length === 0,
      async run({ bmcPort, jobId = group.jobId ?? '', ...run }) {
        refuseObstacles(plan);
        const input = { ...run, plan: deployment, mappingErrors: findings, jobId, provisioner };
        return deploy(input, { tls, bmcPort }, machine);
      },
      close: () => open.close(),
    };
  } catch (error) {
    await open.close();
    throw error;
  }
}

/** Changes nothing. @throws ProvisionError */
async function ask(
  provisioner: BootProvisioner,
  deployment: DeployPlan<RoleImage>,
): Promise<Pick<PreparedDeploy, 'notes' | 'outdated'>> {
  const request = bootRequest(deployment, '');
  const never = new AbortController().signal;
  return { notes: await provisioner.notes(request, never), outdated: await provisioner.outdated(request, never) };
}

/** The folder name of the image: its location is the same for all images. */
function shortName(image: string, imageGroup: string): string {
  return imageFolderOf(image, imageGroup)?.folder ?? image;
}

function deployedNodes({ nodes, lacking, imageGroup }: DeployPlan<RoleImage>): StageNode[] {
  return [
    ...nodes.map(({ target, image }) => ({
      target,
      why: phrase(whyTexts.getsImage, { image: shortName(image.name, imageGroup) }),
    })),
    ...lacking.map(({ target }) => ({ target, why: phrase(whyTexts.lacking) })),
  ];
}
