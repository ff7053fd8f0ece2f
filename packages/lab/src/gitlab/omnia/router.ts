import type { BridgeDefinition, JobDefinition, PipelineDefinition, Router } from '../ci/definition.ts';
import { cadenceCatalog, catalogFile } from './catalogs.ts';
import type { LabPipelineType, OmniaLayout } from './layout.ts';

/**
 * The router `.gitlab-ci.yml` of Omnia (omnia.md section 8). `PIPELINE_TYPE` decides. Without it, a changed catalog
 * starts a build, a changed mapping file a deploy pipeline and a changed cadence catalog a cadence, and one commit can
 * start all of them; a web run offers three buttons, as the router's comment says. Anything else creates no pipeline.
 */
export function omniaRouter(layout: OmniaLayout): Router {
  const bridges = (wanted: readonly string[], when: BridgeDefinition['when']): PipelineDefinition | undefined =>
    selection(layout.types.filter((type) => wanted.includes(type)).map((type) => bridge(type, when, layout)));
  return ({ source, variables, changedPaths }) => {
    const type = variables.get('PIPELINE_TYPE');
    if (type !== undefined) return bridges([type], 'on_success');
    if (source === 'web') return bridges(['build', 'deploy', 'cleanup'], 'manual');
    if (source !== 'push') return undefined;
    const starts: Readonly<Record<string, LabPipelineType>> = {
      [catalogFile]: 'build',
      [layout.mappingFile]: 'deploy',
      [cadenceCatalog]: 'cadence',
    };
    return bridges(
      changedPaths.flatMap((path) => starts[path] ?? []),
      'on_success',
    );
  };
}

function selection(jobs: readonly BridgeDefinition[]): PipelineDefinition | undefined {
  return jobs.length === 0 ? undefined : { stages: ['pipeline_selection'], jobs };
}

const children: Readonly<Record<LabPipelineType, (layout: OmniaLayout) => PipelineDefinition>> = {
  build: () => ({ stages: ['build'], jobs: [job('build_image', 'build')] }),
  deploy: (layout) => withImages('trigger_deploy', layout, deployChild),
  cleanup: (layout) => withImages('trigger_cleanup', layout, cleanupChild),
  cadence: () =>
    inOrder([
      ...['initialization', 'parse-catalog', 'configure-local-repository', 'build-images'],
      ...['deploy', 'restart', 'validate'],
    ]),
};

function bridge(type: LabPipelineType, when: BridgeDefinition['when'], layout: OmniaLayout): BridgeDefinition {
  // The buttons are allowed to fail, so nothing waits for them.
  const common = { stage: 'pipeline_selection', when, allowFailure: when === 'manual' };
  const name = type === 'cadence' ? type : `${type}_pipeline`;
  return { kind: 'bridge', name, ...common, child: () => children[type](layout) };
}

function job(name: string, stage: string, more: Partial<JobDefinition> = {}): JobDefinition {
  return { kind: 'job', name, stage, when: 'on_success', allowFailure: false, ...more };
}

/** One job for each stage, none of which waits for a click, plus the summary. */
function inOrder(stages: readonly string[]): PipelineDefinition {
  const jobs = stages.map((stage) => job(stage, stage));
  return { stages: [...stages, 'summary'], jobs: [...jobs, job('summary', 'summary', { when: 'always' })] };
}

/** Lists the images and starts the child that is created for them. */
function withImages(
  trigger: string,
  layout: OmniaLayout,
  child: (selectJobs: readonly string[]) => PipelineDefinition,
): PipelineDefinition {
  return {
    stages: ['list_images', trigger],
    jobs: [
      job('list_images', 'list_images'),
      {
        kind: 'bridge',
        name: trigger,
        stage: trigger,
        when: 'on_success',
        allowFailure: false,
        dependencies: ['list_images'],
        child: (artifactsOf) => {
          const groups = artifactsOf('list_images')?.imageGroups ?? [];
          return groups.length === 0 ? undefined : child(groups.map(layout.selectJob));
        },
      },
    ],
  };
}

function selectImages(names: readonly string[]): JobDefinition[] {
  return names.map((name) => job(name, 'select_image', { when: 'manual', allowFailure: true }));
}

/** The generated child: one manual job for each image group, then the stages. */
function deployChild(selectJobs: readonly string[]): PipelineDefinition {
  return {
    stages: ['select_image', 'deploy', 'restart', 'validate', 'summary'],
    jobs: [
      ...selectImages(selectJobs),
      job('deploy', 'deploy', { when: 'manual', dependencies: selectJobs }),
      job('restart', 'restart'),
      job('validate', 'validate'),
      job('summary', 'summary', { when: 'always' }),
    ],
  };
}

/** The same selection, and a manual job that deletes what is selected. */
function cleanupChild(selectJobs: readonly string[]): PipelineDefinition {
  return {
    stages: ['select_image', 'cleanup'],
    jobs: [...selectImages(selectJobs), job('cleanup', 'cleanup', { when: 'manual', dependencies: selectJobs })],
  };
}
