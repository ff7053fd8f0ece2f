import { execFileSync } from 'node:child_process';

/** What Omnia's own GitLab project is like, as far as a file that it includes notices. */
export interface OmniaRouter {
  readonly version: string;
  /** Where its mapping file lies. */
  readonly mapping: string;
  /** Its `.gitlab-ci.yml`, which includes `file`. */
  readonly including: (file: string) => string;
}

/** One stage, in 2.1 with defaults for Alpine, and rules for its pipelines. */
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

/** Makes a folder a clone whose branch main is the remote's, with all files committed. */
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
