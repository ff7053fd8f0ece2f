import type { BridgeDefinition, JobDefinition, PipelineDefinition, Router } from '../ci/definition.ts';
import type { OmniaLayout } from './layout.ts';

const catalogFile = 'catalog_rhel.json';
const types = ['build', 'deploy', 'cleanup'] as const;

/**
 * The router `.gitlab-ci.yml` of Omnia (omnia.md section 8). `PIPELINE_TYPE` decides; else a changed catalog starts a
 * build and a changed mapping file a deploy pipeline, both in one commit start both; a web run without the variable
 * offers three buttons, as its comment says. Anything else makes no pipeline.
 */
export function omniaRouter(layout: OmniaLayout): Router {
  const children: Readonly<Record<(typeof types)[number], PipelineDefinition>> = {
    build: { stages: ['build'], jobs: [job('build_image', 'build')] },
    deploy: deployPipeline(layout),
    cleanup: { stages: ['cleanup'], jobs: [job('cleanup_images', 'cleanup')] },
  };
  const bridges = (wanted: readonly string[], when: BridgeDefinition['when']): PipelineDefinition | undefined =>
    selection(types.filter((type) => wanted.includes(type)).map((type) => bridge(type, when, children[type])));
  return ({ source, variables, changedPaths }) => {
    const type = variables.get('PIPELINE_TYPE');
    if (type !== undefined) return bridges([type], 'on_success');
    if (source === 'web') return bridges(types, 'manual');
    if (source !== 'push') return undefined;
    const build = changedPaths.includes(catalogFile) ? ['build'] : [];
    const deploy = changedPaths.includes(layout.mappingFile) ? ['deploy'] : [];
    return bridges([...build, ...deploy], 'on_success');
  };
}

function selection(jobs: readonly BridgeDefinition[]): PipelineDefinition | undefined {
  return jobs.length === 0 ? undefined : { stages: ['pipeline_selection'], jobs };
}

function bridge(type: string, when: BridgeDefinition['when'], child: PipelineDefinition): BridgeDefinition {
  // Its buttons are allowed to fail: nothing waits for them.
  const common = { stage: 'pipeline_selection', when, allowFailure: when === 'manual' };
  return { kind: 'bridge', name: `${type}_pipeline`, ...common, child: () => child };
}

function job(name: string, stage: string, more: Partial<JobDefinition> = {}): JobDefinition {
  return { kind: 'job', name, stage, when: 'on_success', allowFailure: false, ...more };
}

function deployPipeline(layout: OmniaLayout): PipelineDefinition {
  return {
    stages: ['list_images', 'trigger_deploy'],
    jobs: [
      job('list_images', 'list_images'),
      {
        kind: 'bridge',
        name: 'trigger_deploy',
        stage: 'trigger_deploy',
        when: 'on_success',
        allowFailure: false,
        dependencies: ['list_images'],
        child: (artifactsOf) => {
          const groups = artifactsOf('list_images')?.imageGroups ?? [];
          return groups.length === 0 ? undefined : deployChild(groups.map(layout.selectJob));
        },
      },
    ],
  };
}

/** The generated child: one manual job for each image group, then the stages. */
function deployChild(selectJobs: readonly string[]): PipelineDefinition {
  const images = selectJobs.map((name) => job(name, 'select_image', { when: 'manual', allowFailure: true }));
  return {
    stages: ['select_image', 'deploy', 'restart', 'validate', 'summary'],
    jobs: [
      ...images,
      job('deploy', 'deploy', { when: 'manual', dependencies: selectJobs }),
      job('restart', 'restart'),
      job('validate', 'validate'),
      job('summary', 'summary', { when: 'always' }),
    ],
  };
}
