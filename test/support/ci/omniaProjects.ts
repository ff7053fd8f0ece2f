import { execFileSync } from 'node:child_process';

/** Omnia's own GitLab project, as far as it matters to a file that it includes. */
export interface OmniaRouter {
  readonly version: string;
  /** Path of its mapping file. */
  readonly mapping: string;
  /** Its `.gitlab-ci.yml`, which includes `file`. */
  readonly including: (file: string) => string;
}

/** Each has one stage and rules for its pipelines; 2.1 also has defaults for Alpine. */
export const omniaRouters: readonly OmniaRouter[] = [
  {
    version: '2.1',
    mapping: 'input/pxe_mapping_file.csv',
    including: (file) => `stages: [pipeline_selection]
default:
  before_script:
    - apk add --no-cache curl jq
workflow:
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_PIPELINE_SOURCE == "web"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
include:
  - local: ${file}
build_pipeline:
  stage: pipeline_selection
  script: [echo build]
  rules:
    - if: $PIPELINE_TYPE == "build"
`,
  },
  later('2.2', 'input/pxe_mapping_file.csv'),
  later('2.3', 'input/orchestrator/pxe_mapping_file.csv'),
];

function later(version: string, mapping: string): OmniaRouter {
  return {
    version,
    mapping,
    including: (file) => `stages: [pipeline_selection]
default:
  image: alpine:3.23
workflow:
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_PIPELINE_SOURCE == "web" || $CI_PIPELINE_SOURCE == "api"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
include:
  - local: ${file}
deploy_pipeline:
  stage: pipeline_selection
  script: [echo deploy]
  rules:
    - if: $PIPELINE_TYPE == "deploy"
    - changes: [${mapping}]
      when: manual
cleanup_pipeline:
  stage: pipeline_selection
  script: [echo cleanup]
  rules:
    - if: $PIPELINE_TYPE == "cleanup"
`,
  };
}

/** Turns a folder into a clone whose branch main matches the remote's, with all files committed. */
export function asClone(folder: string): {
  readonly commit: (message: string) => string;
  readonly git: (...args: string[]) => string;
} {
  const git = (...args: string[]) => execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' }).trim();
  const commit = (message: string) => {
    git('add', '--all');
    git('-c', 'user.name=lab', '-c', 'user.email=lab@lab.invalid', 'commit', '--quiet', '--message', message);
    return git('rev-parse', 'HEAD');
  };
  git('init', '--quiet', '--initial-branch', 'main');
  git('remote', 'add', 'origin', 'git@gitlab.example.com:root/omnia.git');
  git('update-ref', 'refs/remotes/origin/main', commit('clone'));
  git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  return { commit, git };
}
