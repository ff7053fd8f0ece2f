import type { BridgeDefinition, JobDefinition, PipelineDefinition, Router } from '../ci/definition.ts';

/** What starts which pipeline. Source: the router `.gitlab-ci.yml` of Omnia 2.2. */
const mappingFile = 'input/pxe_mapping_file.csv';
const catalogFile = 'catalog_rhel.json';

/**
 * `PIPELINE_TYPE` decides; else a changed catalog starts a build and a changed mapping file a deploy pipeline, both in
 * one commit start both; a web run without the variable offers three buttons. Anything else makes no pipeline.
 */
export const omniaRouter: Router = ({ source, variables, changedPaths }) => {
  const type = variables.get('PIPELINE_TYPE');
  if (type !== undefined) return pipelineOf(type in children ? [bridge(type, 'on_success')] : []);
  if (source === 'web') return pipelineOf(Object.keys(children).map((name) => bridge(name, 'manual')));
  if (source !== 'push') return undefined;
  const types = [
    ...(changedPaths.includes(catalogFile) ? ['build'] : []),
    ...(changedPaths.includes(mappingFile) ? ['deploy'] : []),
  ];
  return pipelineOf(types.map((name) => bridge(name, 'on_success')));
};

function pipelineOf(jobs: readonly BridgeDefinition[]): PipelineDefinition | undefined {
  return jobs.length === 0 ? undefined : { stages: ['trigger'], jobs };
}

function bridge(type: string, when: BridgeDefinition['when']): BridgeDefinition {
  return {
    kind: 'bridge',
    name: `trigger_${type}_pipeline`,
    stage: 'trigger',
    when,
    // A manual job without rules of its own is allowed to fail: nothing waits for it.
    allowFailure: when === 'manual',
    child: () => children[type],
  };
}

function job(name: string, stage: string, more: Partial<JobDefinition> = {}): JobDefinition {
  return { kind: 'job', name, stage, when: 'on_success', allowFailure: false, ...more };
}

const build: PipelineDefinition = {
  stages: ['build'],
  jobs: [job('build_image', 'build')],
};

const cleanup: PipelineDefinition = {
  stages: ['cleanup'],
  jobs: [job('cleanup_images', 'cleanup')],
};

const deploy: PipelineDefinition = {
  stages: ['list_images', 'trigger_deploy'],
  jobs: [
    job('list_images', 'list_images'),
    {
      kind: 'bridge',
      name: 'trigger_deploy_child',
      stage: 'trigger_deploy',
      when: 'on_success',
      allowFailure: false,
      dependencies: ['list_images'],
      child: (artifactsOf) => {
        const groups = artifactsOf('list_images')?.imageGroups ?? [];
        return groups.length === 0 ? undefined : deployChild(groups);
      },
    },
  ],
};

const children: Readonly<Record<string, PipelineDefinition>> = { build, deploy, cleanup };

/** The generated child: one manual job for each image group, then the stages. */
function deployChild(imageGroups: readonly string[]): PipelineDefinition {
  const images = imageGroups.map((id) =>
    job(`select_${id.replaceAll('-', '_')}`, 'select_image', { when: 'manual', allowFailure: true }),
  );
  return {
    stages: ['select_image', 'deploy', 'restart', 'validate', 'summary'],
    jobs: [
      ...images,
      job('deploy', 'deploy', { when: 'manual', dependencies: images.map(({ name }) => name) }),
      job('restart', 'restart'),
      job('validate', 'validate'),
      job('summary', 'summary', { when: 'always' }),
    ],
  };
}
